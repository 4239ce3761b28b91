import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { toWireSession } from '../../wire/session.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { AccountPage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { guessPlace } from '../requests/client-address.ts';
import { showAccount } from './show-account.ts';

const change = z.object({ current: z.string(), new: z.string() });

type Account = Pick<
  UseCases,
  'viewSessions' | 'endSession' | 'endOtherSessions' | 'changePassword' | 'viewPasskeys' | 'viewRecovery'
>;

interface Deps {
  readonly useCases: Account;
  readonly pages: Pages;
  readonly cookie: SessionCookie;
  readonly reporting: Reporting;
}

/** The caller's own account: password and sessions. */
export function accountRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/account', async (c) => {
    const { user } = requireActor(c);
    if (!wantsPage(c)) return c.json({ id: user.id, username: user.username });
    return c.html(await showAccount(deps, c, { saved: savedIn(c) }));
  });

  routes.put('/account/password', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    return c.json({ ended: await changePassword(deps, c, { actor, ...(await readJson(c, change)) }) });
  });

  routes.post('/account/password', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const sent = await readForm(c, change);
    return answerForm(c, {
      reporting: deps.reporting,
      codes: ['wrong_password', 'invalid_password', 'too_many_requests'],
      page: ({ code, message }) =>
        showAccount(deps, c, { problem: { field: code === 'invalid_password' ? 'new' : 'current', detail: message } }),
      async work() {
        await changePassword(deps, c, { actor, ...sent });
        return c.redirect('/account?saved=password', 303);
      },
    });
  });

  addSessions(routes, deps);
  return routes;
}

function addSessions(routes: Hono<Env>, deps: Deps): void {
  const { useCases, pages } = deps;

  routes.get('/account/sessions', async (c) => {
    const actor = requireActor(c);
    const sessions = (await useCases.viewSessions(actor)).map(toWireSession);
    if (!wantsPage(c)) return c.json({ sessions });
    return c.html(pages.sessions({ theme: cookieTheme(c), user: actor.user, sessions }));
  });

  routes.delete('/account/sessions', async (c) => c.json({ ended: await endOthers(deps, c) }));

  routes.delete('/account/sessions/:id', async (c) => {
    await endOne(deps, c, c.req.param('id'));
    return c.body(null, 204);
  });

  // As pages without script send them.
  routes.post('/account/sessions/end-others', async (c) => {
    return confirmedFirst(c, '/account/sessions', async () => {
      await endOthers(deps, c);
      return c.redirect('/account/sessions', 303);
    });
  });

  routes.post('/account/sessions/:id/end', async (c) => {
    return confirmedFirst(c, '/account/sessions', async () => {
      const wasOwn = await endOne(deps, c, c.req.param('id'));
      return c.redirect(wasOwn ? '/auth' : '/account/sessions', 303);
    });
  });
}

async function endOthers({ useCases, reporting }: Deps, c: RequestContext): Promise<number> {
  const actor = requireActor(c);
  const ended = await useCases.endOtherSessions(actor);
  reporting.sessionsEnded(c, actor, ended);
  return ended;
}

/** Answers whether it was the session of the request. */
async function endOne({ useCases, reporting, cookie }: Deps, c: RequestContext, handle: string): Promise<boolean> {
  const actor = requireActor(c);
  const wasOwn = await useCases.endSession(actor, handle);
  reporting.sessionsEnded(c, actor, 1);
  if (wasOwn) cookie.clear(c);
  return wasOwn;
}

async function changePassword(
  { useCases, reporting }: Deps,
  c: RequestContext,
  { actor, current, new: next }: z.infer<typeof change> & { readonly actor: Actor },
): Promise<number> {
  const ended = await useCases.changePassword(actor, { current, next, ...guessPlace(c) });
  reporting.passwordChanged(c, actor, ended);
  return ended;
}

function savedIn(c: RequestContext): AccountPage['saved'] {
  const saved = c.req.query('saved');
  return saved === 'username' || saved === 'password' ? saved : undefined;
}
