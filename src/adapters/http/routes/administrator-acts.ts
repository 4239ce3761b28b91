import type { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import type { AdministrationUseCases } from '../../../application/administration-use-cases.ts';
import { nothingHere } from '../../../domain/administration/standing.ts';
import { inviteId } from '../../../domain/chats/invite.ts';
import type { UserId } from '../../../domain/ids.ts';
import { jobId } from '../../../domain/jobs/job.ts';
import { timestamp } from '../../wire/timestamp.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { wantedPath } from '../requests/next-path.ts';
import { ourOrigin } from '../requests/our-origin.ts';
import { positionIn, userIdIn } from '../requests/path-ids.ts';

export interface AdministrationDeps {
  readonly useCases: AdministrationUseCases;
  readonly pages: Pages;
  readonly publicOrigin: string | undefined;
}

/** @throws DomainError `not_found` for visitors who are signed out. The use cases ask whether the actor administers. */
export function callerIn(c: RequestContext): Actor {
  const actor = c.get('actor');
  if (!actor) throw nothingHere();
  return actor;
}

type Act = (useCases: AdministrationUseCases, actor: Actor, userId: UserId) => Promise<unknown>;

/** What an administrator does with an account, by the last part of the path. */
const ACTS: Readonly<Record<string, Act>> = {
  grant: (useCases, actor, userId) => useCases.setAdministrator(actor, { userId, on: true }),
  revoke: (useCases, actor, userId) => useCases.setAdministrator(actor, { userId, on: false }),
  deactivate: (useCases, actor, userId) => useCases.setDeactivated(actor, { userId, on: true }),
  activate: (useCases, actor, userId) => useCases.setDeactivated(actor, { userId, on: false }),
  'two-step-off': (useCases, actor, userId) => useCases.turnOffTwoStep(actor, userId),
  'sign-out': (useCases, actor, userId) => useCases.signOutUser(actor, userId),
};

/** The forms of the administration. They have no fields: a browser is led back to the list, a program gets 204. */
export function addAdministratorActs(routes: Hono<Env>, deps: AdministrationDeps): void {
  const { useCases } = deps;
  for (const [name, act] of Object.entries(ACTS)) {
    routes.post(`/admin/people/:user_id/${name}`, async (c) => {
      const actor = callerIn(c);
      await act(useCases, actor, userIdIn(c.req.param('user_id') ?? ''));
      return done(c, '/admin/people');
    });
  }
  routes.post('/admin/people/:user_id/reset-link', (c) => makeResetLink(c, deps));

  routes.post('/admin/invites/:invite_id/revoke', async (c) => {
    await useCases.withdrawInvite(callerIn(c), inviteId(c.req.param('invite_id')));
    return done(c, '/admin/invites');
  });

  for (const how of ['retry', 'drop'] as const) {
    routes.post(`/admin/jobs/:job_id/${how}`, async (c) => {
      const actor = callerIn(c);
      await useCases.settleDeadJob(actor, { id: jobId(positionIn(c.req.param('job_id'))), how });
      return done(c, '/admin/jobs');
    });
  }
}

function done(c: RequestContext, list: string): Response {
  if (!wantsPage(c)) return c.body(null, 204);
  // The page of the list on which the form was.
  const from = wantedPath(c);
  return c.redirect(from.startsWith(list) ? from : list, 303);
}

/** The link is in this answer only. */
async function makeResetLink(
  c: RequestContext,
  { useCases, pages, publicOrigin }: AdministrationDeps,
): Promise<Response> {
  const actor = callerIn(c);
  const { token, expiresAt, user } = await useCases.createResetLink(actor, userIdIn(c.req.param('user_id') ?? ''));
  const url = `${ourOrigin(c, publicOrigin)}/reset/${token}`;
  if (!wantsPage(c)) return c.json({ url, expires_at: timestamp(expiresAt) }, 201);
  const shown = { username: user.username, url, expiresAt: timestamp(expiresAt) };
  return c.html(pages.administration.resetLink({ theme: cookieTheme(c), user: actor.user, ...shown }), 201);
}
