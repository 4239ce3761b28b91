import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import type { FollowedChat } from '../../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { claimedOrigin } from '../claimed-origin.ts';
import { addressKey, clientAddress } from '../client-address.ts';
import { type Env, requireActor } from '../env.ts';
import { assertHandshake } from '../handshake.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { chatIdIn, revisionIn } from '../path-ids.ts';

/** Takes over a request that has been let in, and answers the upgrade. */
export type AcceptSocket = (
  c: Context<Env>,
  admission: FollowedChat & {
    readonly actor: Actor;
    readonly address: string;
    /** Under which its connections are counted. */
    readonly addressKey: string;
    readonly origin: string | undefined;
  },
) => Promise<Response>;

export function chatSocketRoutes(deps: {
  readonly useCases: Pick<UseCases, 'assertMayFollow'>;
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
    await useCases.assertMayFollow(actor, chatId);
    const after = revisionIn(c.req.query('after'));
    assertHandshake(c);
    const [address, origin] = [clientAddress(c), claimedOrigin(c)];
    const wantsDetails = c.req.query('details') === '1';
    const from = { address, addressKey: addressKey(address), origin };
    const response = await acceptSocket(c, { actor, chatId, after, wantsDetails, ...from });
    c.set('isUpgraded', true);
    return response;
  });

  return routes;
}
