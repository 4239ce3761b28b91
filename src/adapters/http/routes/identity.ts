import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { SignedIn } from '../../../application/use-cases/identity/sign-ins.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { CodeNeeded } from '../../../domain/identity/two-step.ts';
import { isRefusal } from '../answers/refused-form.ts';
import { askForCode, refuseSignIn } from '../answers/refused-sign-in.ts';
import type { Reporting } from '../answers/reporting.ts';
import { leadOn, signInPlace, welcome } from '../answers/signed-in.ts';
import type { DeviceCookie } from '../cookies/device-cookie.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import type { UndoneCookie } from '../cookies/undone-cookie.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { clientAddress, networkKey } from '../requests/client-address.ts';
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
  /** Of the second step, from programs, which can send it at once. */
  code: z.optional(z.string()),
});

const codeForm = z.object({
  ticket: z.string(),
  code: z.string(),
  next: z.optional(z.string()),
  check_cookie: z.optional(z.string()),
});

const credentials = z.object({
  username: z.string(),
  password: z.string(),
  invite: z.optional(z.string()),
  code: z.optional(z.string()),
});

interface Deps {
  readonly useCases: Pick<UseCases, 'authenticate' | 'finishSignIn' | 'signOut' | 'viewRegistration'>;
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
      welcome(c, deps, await signIn(deps, { c, form }));
      return leadOn(c, form);
    } catch (error) {
      if (error instanceof CodeNeeded) return askForCode(deps, { c, form: { ...form, ticket: error.ticket }, error });
      if (!(error instanceof DomainError)) throw error;
      return refuseSignIn(deps, { c, form, error });
    }
  });

  routes.post('/auth/code', limitBodies(MAX_FORM_BYTES), async (c) => {
    mediaType(c, 'application/x-www-form-urlencoded');
    return takeSecondStep(deps, { c, form: await readForm(c, codeForm) });
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
  const gone = undoneCookie.take(c);
  return c.html(pages.auth({ theme: cookieTheme(c), registration, gone, ...shown }));
}

interface SubmittedForm {
  readonly c: RequestContext;
  readonly form: z.infer<typeof authForm>;
}

/** For programs: the user as JSON, and refusals as problems. */
async function signInByJson(deps: Deps, c: RequestContext): Promise<Response> {
  const form = await readJson(c, credentials);
  try {
    const { user, isNew } = welcome(c, deps, await signIn(deps, { c, form }));
    return c.json({ id: user.id, username: user.username }, isNew ? 201 : 200);
  } catch (error) {
    if (error instanceof DomainError) deps.reporting.signInRefused(c, error);
    throw error;
  }
}

function signIn(deps: Deps, { c, form }: SubmittedForm): Promise<SignedIn> {
  const { username, password, code } = form;
  const network = networkKey(clientAddress(c));
  return deps.useCases.authenticate({
    username,
    password,
    code,
    invite: inviteOf(form),
    network,
    ...signInPlace(c, deps),
  });
}

async function takeSecondStep(
  deps: Deps,
  { c, form }: { readonly c: RequestContext; readonly form: z.infer<typeof codeForm> },
): Promise<Response> {
  const { ticket, code } = form;
  try {
    welcome(c, deps, await deps.useCases.finishSignIn({ ticket, code, ...signInPlace(c, deps) }));
    return leadOn(c, form);
  } catch (error) {
    if (isRefusal(error, ['wrong_code', 'too_many_requests'])) return askForCode(deps, { c, form, error });
    if (!isRefusal(error, ['wrong_credentials'])) throw error;
    return refuseSignIn(deps, { c, form: { ...form, username: '' }, error });
  }
}

function cookieLost(publicOrigin: string | undefined): string {
  const where = publicOrigin === undefined ? '' : ` and open it as ${publicOrigin}`;
  return `Your browser did not keep the cookie that signs you in. Allow cookies for this site${where}, then sign in again.`;
}
