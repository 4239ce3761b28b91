import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { SignedIn } from '../../../application/use-cases/identity/authenticate.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { sayWhenToRetry, statusOf } from '../answers/errors.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { DeviceCookie } from '../cookies/device-cookie.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import type { UndoneCookie } from '../cookies/undone-cookie.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mayRegister } from '../pages/sign-in-form.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { addressKey, clientAddress, networkKey } from '../requests/client-address.ts';
import { deviceName } from '../requests/device-name.ts';
import { inviteOf } from '../requests/invite-codes.ts';
import { limitBodies } from '../requests/limit-bodies.ts';
import { safeNext } from '../requests/next-path.ts';

const MAX_FORM_BYTES = 8 * 1024;

const authForm = z.object({
  username: z.string(),
  password: z.string(),
  next: z.optional(z.string()),
  new: z.optional(z.string()),
  /** The code of an invite, or the link to it. */
  invite: z.optional(z.string()),
  /** Sent by our own page: after signing in, the browser comes back to check that it kept the cookie. */
  check_cookie: z.optional(z.string()),
});

const credentials = z.object({ username: z.string(), password: z.string(), invite: z.optional(z.string()) });

interface Deps {
  readonly useCases: Pick<UseCases, 'authenticate' | 'signOut' | 'viewRegistration'>;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly deviceCookie: DeviceCookie;
  readonly undoneCookie: UndoneCookie;
  readonly reporting: Reporting;
  readonly publicOrigin: string | undefined;
}

export function identityRoutes(deps: Deps): Hono<Env> {
  const { useCases, cookie, reporting } = deps;
  const routes = new Hono<Env>();

  routes.get('/auth', async (c) => showForm(deps, c));

  routes.post('/auth', limitBodies(MAX_FORM_BYTES), async (c) => {
    if (mediaType(c, 'application/json', 'application/x-www-form-urlencoded') === 'application/json')
      return signInByJson(deps, c);
    const form = await readForm(c, authForm);
    try {
      await signIn(deps, { c, form });
      const target = safeNext(form.next);
      const isFromOurPage = form.check_cookie !== undefined;
      return c.redirect(isFromOurPage ? `/auth?check_cookie&next=${encodeURIComponent(target)}` : target, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return refuse(deps, { c, form, error });
    }
  });

  routes.post('/logout', async (c) => {
    const actor = requireActor(c);
    await useCases.signOut(actor);
    reporting.signedOut(c, actor);
    cookie.clear(c);
    return c.redirect('/auth', 303);
  });

  return routes;
}

async function showForm({ useCases, pages, undoneCookie, publicOrigin }: Deps, c: RequestContext): Promise<Response> {
  const { username = '', next, new: isNew, check_cookie, invite } = c.req.query();
  const isCookieCheck = check_cookie !== undefined;
  if (c.get('actor')) return c.redirect(isCookieCheck ? safeNext(next) : '/', 303);
  const problem = isCookieCheck ? { field: 'form' as const, detail: cookieLost(publicOrigin) } : undefined;
  const code = inviteOf({ invite, next });
  const registration = await useCases.viewRegistration(code);
  const shown = { username, next: safeNext(next), isNew: isNew !== undefined, problem, invite: code };
  const isUndone = undoneCookie.take(c);
  return c.html(pages.auth({ theme: cookieTheme(c), registration, isUndone, ...shown }));
}

interface SubmittedForm {
  readonly c: RequestContext;
  readonly form: z.infer<typeof authForm>;
}

/** For programs: the user as JSON, and refusals as problems. */
async function signInByJson(deps: Deps, c: RequestContext): Promise<Response> {
  const form = await readJson(c, credentials);
  try {
    const { user, isNew } = await signIn(deps, { c, form });
    return c.json({ id: user.id, username: user.username }, isNew ? 201 : 200);
  } catch (error) {
    if (error instanceof DomainError) deps.reporting.signInRefused(c, error);
    throw error;
  }
}

async function signIn(deps: Deps, { c, form }: SubmittedForm): Promise<SignedIn> {
  const { useCases, cookie, deviceCookie, reporting } = deps;
  const { username, password } = form;
  const presentedTokens = cookie.read(c);
  const address = clientAddress(c);
  const from = { address: addressKey(address), network: networkKey(address), deviceTokens: deviceCookie.read(c) };
  const invite = inviteOf(form);
  const claim = { username, password, invite, presentedTokens, deviceName: deviceName(c), ...from };
  const signedIn = await useCases.authenticate(claim);
  cookie.set(c, signedIn.token);
  deviceCookie.add(c, signedIn.deviceTokens);
  reporting.signedIn(c, signedIn);
  return signedIn;
}

/** Shows the form again, also to programs, unless trying again at once cannot help. */
async function refuse(
  { reporting, useCases, pages }: Deps,
  { c, form, error }: SubmittedForm & { readonly error: DomainError },
): Promise<Response> {
  reporting.signInRefused(c, error);
  if (error.code === 'unavailable') throw error;
  if (error.code === 'too_many_requests' && !wantsPage(c)) throw error;
  reporting.refused(c, error, statusOf(error));
  sayWhenToRetry(c, error);
  const invite = inviteOf(form);
  const registration = await useCases.viewRegistration(invite);
  // Where the visitor may not register, answers must not tell whether a name is known.
  const username = mayRegister(registration) ? form.username : '';
  const problem = { field: FIELDS[error.code] ?? ('form' as const), detail: error.message };
  const shown = { username, next: safeNext(form.next), isNew: form.new !== undefined, problem, invite };
  return c.html(pages.auth({ theme: cookieTheme(c), registration, ...shown }), statusOf(error));
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
