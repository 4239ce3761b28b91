import { Hono } from 'hono';
import type { Assets } from '../assets.ts';
import type { Env } from '../env.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/** Files by their exact built names, from memory: a path has nothing to climb. */
export function staticRoutes({ assets }: { assets: Assets }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/static/:name', (c) => {
    const asset = assets.find(c.req.param('name'));
    if (!asset) return c.notFound();
    return c.body(asset.body, 200, { 'Content-Type': asset.type, 'Cache-Control': FOREVER });
  });

  return routes;
}
