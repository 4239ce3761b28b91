import { Hono } from 'hono';
import { themeOf } from '../cookies/theme.ts';
import type { Env } from '../env.ts';
import type { Assets } from '../pages/assets.ts';
import type { Pages } from '../pages/pages.ts';
import { answerAsset } from './static.ts';

/** What browsers need to show something without a connection; the same for everybody. */
export function offlineRoutes({ assets, pages }: { assets: Assets; pages: Pages }): Hono<Env> {
  const routes = new Hono<Env>();

  /** At the root, since a worker has a say about what is beneath it; asked for anew each time, since its name stays. */
  routes.get('/sw.js', (c) =>
    answerAsset(c, assets.get('sw.js'), {
      'Cache-Control': 'no-cache',
      // It reaches this site and runs nothing but itself.
      'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    }),
  );

  routes.get('/offline', (c) => c.html(pages.offline({ theme: themeOf(c) })));

  return routes;
}
