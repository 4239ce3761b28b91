import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { sayWhenToRetry, statusOf } from '../answers/errors.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { DeviceCookie } from '../cookies/device-cookie.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { themeOf } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm } from '../requests/bodies.ts';
import { addressKey, clientAddress, networkKey } from '../requests/client-address.ts';
import { limitBodies } from '../requests/limit-bodies.ts';
import { safeNext } from '../requests/next-path.ts';

const LARGEST_FORM = 8 * 1024;

const authForm = z.object({
  username: z.string(),
  password: z.string(),
  next: z.optional(z.string()),
  new: z.optional(z.string()),
  /** In the form of our own page: after signing in the browser comes back to see whether it kept the cookie. */
  check_cookie: z.optional(z.string()),
});

export function identityRoutes(deps: {
  readonly useCases: Pick<UseCases, 'authenticate' | 'signOut'>;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly deviceCookie: DeviceCookie;
  readonly reporting: Reporting;
  readonly registration: 'open' | 'closed';
  readonly publicOrigin: string | undefined;
}): Hono<Env> {
  const { useCases, pages, cookie, deviceCookie, reporting, registration, publicOrigin } = deps;
  const routes = new Hono<Env>();

  routes.get('/auth', (c) => {
    const { username = '', next, new: isNew, check_cookie } = c.req.query();
    const isCookieCheck = check_cookie !== undefined;
    if (c.get('actor')) return c.redirect(isCookieCheck ? safeNext(next) : '/', 303);
    const problem = isCookieCheck ? { field: 'form' as const, detail: cookieLost(publicOrigin) } : undefined;
    const shown = { username, next: safeNext(next), isNew: isNew !== undefined, problem };
    return c.html(pages.auth({ theme: themeOf(c), registration, ...shown }));
  });

  routes.post('/auth', limitBodies(LARGEST_FORM), async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    const { username, password, next, new: isNew, check_cookie } = await readForm(c, authForm);
    try {
      const presentedTokens = cookie.read(c);
      const address = clientAddress(c);
      const from = { address: addressKey(address), network: networkKey(address), deviceTokens: deviceCookie.read(c) };
      const signedIn = await useCases.authenticate({ username, password, presentedTokens, ...from });
      cookie.set(c, signedIn.token);
      deviceCookie.add(c, signedIn.deviceTokens);
      reporting.signedIn(c, signedIn);
      const target = safeNext(next);
      const isFromOurPage = check_cookie !== undefined;
      return c.redirect(isFromOurPage ? `/auth?check_cookie&next=${encodeURIComponent(target)}` : target, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      reporting.signInRefused(c, error);
      if (error.code === 'unavailable') throw error;
      if (error.code === 'too_many_requests' && !wantsPage(c)) throw error;
      reporting.refused(c, error, statusOf(error));
      return formAgain(c, { username, next: safeNext(next), isNew: isNew !== undefined }, error);
    }
  });

  routes.post('/logout', async (c) => {
    const actor = requireActor(c);
    await useCases.signOut(actor);
    reporting.signedOut(c, actor);
    cookie.clear(c);
    return c.redirect('/auth', 303);
  });

  function formAgain(c: RequestContext, filled: Filled, error: DomainError): Response {
    sayWhenToRetry(c, error);
    // Where names are not for everybody to take, no answer differs by the name: whether it is known stays untold.
    const username = registration === 'open' ? filled.username : '';
    const problem = { field: FIELDS[error.code] ?? ('form' as const), detail: error.message };
    return c.html(pages.auth({ theme: themeOf(c), registration, ...filled, username, problem }), statusOf(error));
  }

  return routes;
}

interface Filled {
  readonly username: string;
  readonly next: string;
  readonly isNew: boolean;
}

function cookieLost(publicOrigin: string | undefined): string {
  const where = publicOrigin === undefined ? '' : ` and open it as ${publicOrigin}`;
  return `Your browser did not keep the cookie that signs you in. Allow cookies for this site${where}, then sign in again.`;
}

const FIELDS: Partial<Record<DomainError['code'], 'username' | 'password'>> = {
  invalid_username: 'username',
  invalid_password: 'password',
  wrong_credentials: 'password',
};
