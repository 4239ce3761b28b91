import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import type { User } from '../../../domain/identity/user.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { showAccount } from './show-account.ts';

const change = z.object({ username: z.string() });

interface Deps {
  readonly useCases: Pick<UseCases, 'changeUsername' | 'viewPasskeys' | 'viewRecovery'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

/** The caller's name. */
export function usernameRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.put('/account/username', async (c) => {
    requireActor(c);
    mediaType(c, 'application/json');
    const { id, username } = await changeUsername(deps, c, await readJson(c, change));
    return c.json({ id, username });
  });

  routes.post('/account/username', async (c) => {
    requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const wanted = await readForm(c, change);
    return confirmedFirst(c, '/account', () =>
      answerForm(c, {
        reporting: deps.reporting,
        codes: ['invalid_username', 'conflict', 'too_many_requests'],
        page: ({ message: detail }) =>
          showAccount(deps, c, { problem: { field: 'username', detail }, wanted: wanted.username }),
        async work() {
          await changeUsername(deps, c, wanted);
          return c.redirect('/account?saved=username', 303);
        },
      }),
    );
  });

  return routes;
}

async function changeUsername(
  { useCases, reporting }: Deps,
  c: RequestContext,
  wanted: z.infer<typeof change>,
): Promise<User> {
  const actor = requireActor(c);
  const user = await useCases.changeUsername(actor, wanted);
  if (user.username !== actor.user.username) reporting.usernameChanged(c, actor, user);
  return user;
}
