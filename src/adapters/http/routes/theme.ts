import { Hono } from 'hono';
import * as z from 'zod/mini';
import { densityCookie } from '../../wire/density.ts';
import { themeCookie } from '../../wire/theme.ts';
import type { Env, RequestContext } from '../env.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { isHttps } from '../requests/https.ts';
import { safeNext, wantedPath } from '../requests/next-path.ts';

/** Where to go on: for forms on pages that answer another form, whose address cannot be visited. */
const next = z.optional(z.string());
const themeForm = z.object({ theme: z.enum(['system', 'light', 'dark']), next });
const densityForm = z.object({ density: z.enum(['comfortable', 'compact']), next });

/** Sets the cookies of the theme and of the density, for browsers without script. The server stores nothing. */
export function themeRoutes({ publicOrigin }: { readonly publicOrigin: string | undefined }): Hono<Env> {
  const routes = new Hono<Env>();
  const remember = (c: RequestContext, cookie: string, then: string | undefined) => {
    c.header('Set-Cookie', cookie, { append: true });
    return c.redirect(then === undefined ? wantedPath(c) : safeNext(then), 303);
  };

  routes.post('/theme', async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    const chosen = await readForm(c, themeForm);
    return remember(c, themeCookie(chosen.theme, { secure: isHttps(c, publicOrigin) }), chosen.next);
  });

  routes.post('/density', async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    const chosen = await readForm(c, densityForm);
    return remember(c, densityCookie(chosen.density, { secure: isHttps(c, publicOrigin) }), chosen.next);
  });

  return routes;
}
