import { Hono } from 'hono';
import type { Asset, Assets } from '../assets.ts';
import type { Env, RequestContext } from '../env.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/** Files by their exact built names, from memory: a path has nothing to climb. */
export function staticRoutes({ assets }: { assets: Assets }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/static/:name', (c) => {
    const asset = assets.find(c.req.param('name'));
    return asset ? answerAsset(c, asset, { 'Cache-Control': FOREVER }) : c.notFound();
  });

  /** Where programs that read no page look for the icon. Its name stays when it changes, so caches ask again after a week. */
  routes.get('/favicon.ico', (c) =>
    answerAsset(c, assets.get('icon-192.png'), { 'Cache-Control': 'public, max-age=604800' }),
  );

  return routes;
}

/** Compressed for who takes it so, where that makes it smaller. */
export function answerAsset(c: RequestContext, asset: Asset, headers: Readonly<Record<string, string>>) {
  const { body, gzipped, type } = asset;
  const all = { ...headers, 'Content-Type': type };
  if (!gzipped) return c.body(body, 200, all);
  const varying = { ...all, Vary: 'Accept-Encoding' };
  if (!takesGzip(c.req.header('accept-encoding'))) return c.body(body, 200, varying);
  return c.body(gzipped, 200, { ...varying, 'Content-Encoding': 'gzip' });
}

/** Pages themselves are sent as they are: how well they shrink would tell of what stands in them. */
const takesGzip = (accepted: string | undefined): boolean =>
  accepted !== undefined && /(?:^|,)\s*gzip\s*(?:,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|$)/i.test(accepted);
