import { Hono } from 'hono';
import type { Env, RequestContext } from '../env.ts';
import type { Asset, Assets, ContentCoding } from '../pages/assets.ts';

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

/** Compressed in the best way that the client accepts. */
export function answerAsset(c: RequestContext, asset: Asset, headers: Readonly<Record<string, string>>) {
  const { body, encoded, type } = asset;
  const all = { ...headers, 'Content-Type': type };
  if (encoded.size === 0) return c.body(body, 200, all);
  const varying = { ...all, Vary: 'Accept-Encoding' };
  const accepted = c.req.header('accept-encoding') ?? '';
  for (const [coding, content] of encoded) {
    if (ACCEPTS[coding].test(accepted)) return c.body(content, 200, { ...varying, 'Content-Encoding': coding });
  }
  return c.body(body, 200, varying);
}

/** Pages themselves are sent uncompressed: their compressed size would reveal their content. */
const ACCEPTS: Readonly<Record<ContentCoding, RegExp>> = { br: accepting('br'), gzip: accepting('gzip') };

function accepting(coding: ContentCoding): RegExp {
  return new RegExp(`(?:^|,)\\s*${coding}\\s*(?:,|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|$)`, 'i');
}
