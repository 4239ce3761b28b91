import { Hono } from 'hono';
import * as z from 'zod/mini';
import { themeCookie } from '../../wire/theme.ts';
import type { Env } from '../env.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { isHttps } from '../requests/https.ts';
import { wantedPath } from '../requests/next-path.ts';

const choice = z.object({ theme: z.enum(['system', 'light', 'dark']) });

/** Sets the theme cookie, for browsers without script. The server stores nothing. */
export function themeRoutes({ publicOrigin }: { readonly publicOrigin: string | undefined }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post('/theme', async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    const { theme } = await readForm(c, choice);
    c.header('Set-Cookie', themeCookie(theme, { secure: isHttps(c, publicOrigin) }), { append: true });
    return c.redirect(wantedPath(c), 303);
  });

  return routes;
}
