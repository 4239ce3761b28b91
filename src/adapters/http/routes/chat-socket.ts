import type { Context } from 'hono';
import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { type Env, requireActor } from '../env.ts';
import { type Admitted, admit } from '../requests/admitted.ts';
import { assertHandshake } from '../requests/handshake.ts';
import { chatIdIn, revisionIn } from '../requests/path-ids.ts';
import { assertUpgrade, upgraded } from '../requests/upgrade.ts';

/** Takes over an authorized request, and answers the upgrade. */
export type AcceptSocket = (c: Context<Env>, admitted: Admitted) => Promise<Response>;

export function chatSocketRoutes(deps: {
  readonly useCases: Pick<UseCases, 'assertMayFollow' | 'assertMayResume'>;
  readonly acceptSocket: AcceptSocket;
}): Hono<Env> {
  const { useCases, acceptSocket } = deps;
  const routes = new Hono<Env>();

  routes.get('/chatsocket/:id', async (c) => {
    const chatId = chatIdIn(c.req.param('id'));
    assertUpgrade(c);
    const actor = requireActor(c);
    const after = revisionIn(c.req.query('after'));
    await (after === undefined ? useCases.assertMayFollow : useCases.assertMayResume)(actor, chatId);
    assertHandshake(c);
    return upgraded(c, await acceptSocket(c, admit(c, { actor, chatId, after })));
  });

  return routes;
}
