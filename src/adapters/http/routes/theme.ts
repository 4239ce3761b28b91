import { Hono } from 'hono';
import * as z from 'zod/mini';
import { themeCookie } from '../../wire/theme.ts';
import type { Env } from '../env.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { isHttps } from '../requests/https.ts';
import { safeNext, wantedPath } from '../requests/next-path.ts';

const choice = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Where to go on: for forms on pages that answer another form, whose address cannot be visited. */
  next: z.optional(z.string()),
});

/** Sets the theme cookie, for browsers without script. The server stores nothing. */
export function themeRoutes({ publicOrigin }: { readonly publicOrigin: string | undefined }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post('/theme', async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    const { theme, next } = await readForm(c, choice);
    c.header('Set-Cookie', themeCookie(theme, { secure: isHttps(c, publicOrigin) }), { append: true });
    return c.redirect(next === undefined ? wantedPath(c) : safeNext(next), 303);
  });

  return routes;
}
