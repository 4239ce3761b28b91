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
    const headers = { 'Content-Type': asset.type, 'Cache-Control': FOREVER, Vary: 'Accept-Encoding' };
    if (!takesGzip(c.req.header('accept-encoding'))) return c.body(asset.body, 200, headers);
    return c.body(asset.gzipped, 200, { ...headers, 'Content-Encoding': 'gzip' });
  });

  return routes;
}

/** Pages themselves are sent as they are: how well they shrink would tell of what stands in them. */
const takesGzip = (accepted: string | undefined): boolean =>
  accepted !== undefined && /(?:^|,)\s*gzip\s*(?:,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|$)/i.test(accepted);
