import { Hono } from 'hono';
import { cookieTheme } from '../cookies/theme.ts';
import type { Env } from '../env.ts';
import type { Assets } from '../pages/assets.ts';
import type { Pages } from '../pages/pages.ts';
import { answerAsset } from './static.ts';

/** What a browser needs to show a page without a connection. The same for everyone. */
export function offlineRoutes({ assets, pages }: { assets: Assets; pages: Pages }): Hono<Env> {
  const routes = new Hono<Env>();

  /** At the root, because a worker controls only the paths beneath it. Not cached, because its name never changes. */
  routes.get('/sw.js', (c) =>
    answerAsset(c, assets.get('sw.js'), {
      'Cache-Control': 'no-cache',
      // The worker connects to this site only, and loads no other script.
      'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    }),
  );

  routes.get('/offline', (c) => c.html(pages.offline({ theme: cookieTheme(c) })));

  return routes;
}
