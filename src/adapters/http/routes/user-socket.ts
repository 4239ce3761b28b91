import type { Context } from 'hono';
import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { USER_SUBPROTOCOL } from '../../wire/user-frames.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { type Env, requireActor } from '../env.ts';
import { type AdmittedCaller, admitCaller } from '../requests/admitted.ts';
import { assertHandshake, offeredProtocols } from '../requests/handshake.ts';
import { assertUpgrade, upgraded } from '../requests/upgrade.ts';

/** Takes over a request that has been let in, and answers the upgrade. */
export type AcceptUserSocket = (c: Context<Env>, admitted: AdmittedCaller) => Promise<Response>;

export function userSocketRoutes(deps: {
  readonly useCases: Pick<UseCases, 'assertMayConnect'>;
  readonly acceptUserSocket: AcceptUserSocket;
}): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/socket', async (c) => {
    assertUpgrade(c);
    const actor = requireActor(c);
    assertHandshake(c);
    if (!offeredProtocols(c).includes(USER_SUBPROTOCOL)) {
      throw new HttpRefusal(
        'bad_request',
        `This socket speaks ${USER_SUBPROTOCOL}: name it in Sec-WebSocket-Protocol.`,
      );
    }
    await deps.useCases.assertMayConnect(actor);
    return upgraded(c, await deps.acceptUserSocket(c, admitCaller(c, actor)));
  });

  return routes;
}
