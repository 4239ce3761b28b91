import { Hono } from 'hono';
import type { Env, RequestContext } from '../env.ts';
import type { Asset, Assets } from '../pages/assets.ts';
import { accepts } from '../requests/accepted-coding.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/** Serves built files from memory by their exact names, so that no path can escape a directory. */
export function staticRoutes({ assets }: { assets: Assets }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/static/:name', (c) => {
    const asset = assets.find(c.req.param('name'));
    return asset ? answerAsset(c, asset, { 'Cache-Control': FOREVER }) : c.notFound();
  });

  /** Requested by programs that do not read the page. The name never changes, so caches expire after a week. */
  routes.get('/favicon.ico', (c) =>
    answerAsset(c, assets.get('icon-192.png'), { 'Cache-Control': 'public, max-age=604800' }),
  );

  return routes;
}

/** Answers in the smallest content coding that the client accepts. */
export function answerAsset(c: RequestContext, asset: Asset, headers: Readonly<Record<string, string>>) {
  const { body, encoded, type } = asset;
  const all = { ...headers, 'Content-Type': type };
  if (encoded.size === 0) return c.body(body, 200, all);
  const varying = { ...all, Vary: 'Accept-Encoding' };
  const accepted = c.req.header('accept-encoding');
  for (const [coding, content] of encoded) {
    if (accepts(coding, accepted)) return c.body(content, 200, { ...varying, 'Content-Encoding': coding });
  }
  return c.body(body, 200, varying);
}
