import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import type { UndoneCookie } from '../cookies/undone-cookie.ts';
import { type Env, requireActor } from '../env.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { safeNext, wantedPath } from '../requests/next-path.ts';

const undoForm = z.object({ next: z.optional(z.string()) });

export function registrationRoutes(deps: {
  readonly useCases: Pick<UseCases, 'undoRegistration'>;
  readonly cookie: SessionCookie;
  readonly undoneCookie: UndoneCookie;
  readonly reporting: Reporting;
}): Hono<Env> {
  const { useCases, cookie, undoneCookie, reporting } = deps;
  const routes = new Hono<Env>();

  /** Leads back to the sign-in form, which says that the account is gone and contains the mistyped name for correction. */
  routes.post('/auth/undo', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { next } = await readForm(c, undoForm);
    await useCases.undoRegistration(actor);
    reporting.registrationUndone(c, actor);
    cookie.clear(c);
    undoneCookie.set(c, 'undone');
    c.header('Clear-Site-Data', '"storage"');
    const wanted = next === undefined ? wantedPath(c) : safeNext(next);
    return c.redirect(`/auth?${new URLSearchParams({ username: actor.user.username, next: wanted })}`, 303);
  });

  return routes;
}
