import type { Context } from 'hono';
import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { type Env, requireActor } from '../env.ts';
import { type Admitted, admit } from '../requests/admitted.ts';
import { assertHandshake } from '../requests/handshake.ts';
import { chatIdIn, revisionIn } from '../requests/path-ids.ts';

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
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      throw new HttpRefusal('upgrade_required', 'This address is for a WebSocket.');
    }
    const actor = requireActor(c);
    const after = revisionIn(c.req.query('after'));
    await (after === undefined ? useCases.assertMayFollow : useCases.assertMayResume)(actor, chatId);
    assertHandshake(c);
    const response = await acceptSocket(c, admit(c, { actor, chatId, after }));
    // A cookie that was renewed by this request goes out with the upgrade.
    for (const set of c.newResponse(null).headers.getSetCookie()) response.headers.append('Set-Cookie', set);
    c.set('isUpgraded', true);
    return response;
  });

  return routes;
}
