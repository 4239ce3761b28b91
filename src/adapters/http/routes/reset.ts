import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireRecovery } from '../../wire/recovery.ts';
import { timestamp } from '../../wire/timestamp.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { clientAddressKey } from '../requests/client-address.ts';
import { deviceName } from '../requests/device-name.ts';

const wanted = z.object({ new: z.string() });

interface Deps {
  readonly useCases: Pick<UseCases, 'viewResetLink' | 'resetPassword' | 'viewRecovery'>;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly reporting: Reporting;
}

/** A new password by a link of an administrator. Only the form uses the link up, so that no preview can. */
export function resetRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages } = deps;
  const routes = new Hono<Env>();

  routes.get('/reset', (c) => showDone(deps, c));

  routes.get('/reset/:token', async (c) => {
    const { user, expiresAt } = await useCases.viewResetLink(c.req.param('token'));
    if (!wantsPage(c)) return c.json({ username: user.username, expires_at: timestamp(expiresAt) });
    return c.html(pages.reset({ theme: cookieTheme(c), username: user.username, token: c.req.param('token') }));
  });

  routes.post('/reset/:token', async (c) => {
    const token = c.req.param('token');
    const { user } = await useCases.viewResetLink(token);
    const type = mediaType(c, 'application/json', 'application/x-www-form-urlencoded');
    if (type === 'application/json') {
      const isSignedIn = await reset(deps, c, { token, password: (await readJson(c, wanted)).new });
      return c.json({ id: user.id, username: user.username, signed_in: isSignedIn });
    }
    const { new: password } = await readForm(c, wanted);
    return answerForm(c, {
      reporting: deps.reporting,
      codes: ['invalid_password'],
      page: async ({ message }) =>
        pages.reset({ theme: cookieTheme(c), username: user.username, token, problem: message }),
      async work() {
        const isSignedIn = await reset(deps, c, { token, password });
        return c.redirect(
          isSignedIn ? '/reset' : `/auth?username=${encodeURIComponent(user.username)}&next=%2Freset`,
          303,
        );
      },
    });
  });

  return routes;
}

/** Where the form leads to: the new password holds, the person says what to keep, and goes on from here. */
async function showDone({ useCases, pages }: Deps, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  const { user } = actor;
  if (!wantsPage(c)) return c.json({ id: user.id, username: user.username });
  const held = toWireRecovery(await useCases.viewRecovery(actor));
  return c.html(pages.resetDone({ theme: cookieTheme(c), user, held }));
}

/** Answers whether the person is signed in now: otherwise they sign in with the new password and a code. */
async function reset(
  { useCases, cookie, reporting }: Deps,
  c: RequestContext,
  asked: { readonly token: string; readonly password: string },
): Promise<boolean> {
  const browser = { presentedTokens: cookie.read(c), deviceName: deviceName(c) };
  const signedIn = await useCases.resetPassword({ ...asked, ...browser, address: clientAddressKey(c) });
  if (signedIn.token === undefined) cookie.clear(c);
  else cookie.set(c, signedIn.token);
  reporting.passwordReset(c, signedIn);
  return signedIn.token !== undefined;
}
