import type { Actor } from '../../../application/actor.ts';
import type { FollowedChat } from '../../../application/use-cases/messages/follow-chat.ts';
import type { RequestContext } from '../env.ts';
import { claimedOrigin } from './claimed-origin.ts';
import { addressKey, clientAddress } from './client-address.ts';

/** A caller who may follow a chat, and the revision to begin at. */
export interface Admitted extends FollowedChat {
  readonly actor: Actor;
  readonly address: string;
  /** The key under which the caller's connections are counted. */
  readonly addressKey: string;
  readonly origin: string | undefined;
}

export function admit(c: RequestContext, follower: Pick<Admitted, 'actor' | 'chatId' | 'after'>): Admitted {
  const address = clientAddress(c);
  const wantsDetails = c.req.query('details') === '1';
  return { ...follower, wantsDetails, address, addressKey: addressKey(address), origin: claimedOrigin(c) };
}
