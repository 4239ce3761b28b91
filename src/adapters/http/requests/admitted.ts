import type { Actor } from '../../../application/actor.ts';
import type { FollowedChat } from '../../../application/feed/chat-following.ts';
import type { RequestContext } from '../env.ts';
import { claimedOrigin } from './claimed-origin.ts';
import { addressKey, clientAddress } from './client-address.ts';

/** A caller who may open a connection that stays open. */
export interface AdmittedCaller {
  readonly actor: Actor;
  readonly address: string;
  /** The key under which the caller's connections are counted. */
  readonly addressKey: string;
  readonly origin: string | undefined;
}

/** A caller who may follow a chat, with the place to begin at. */
export interface Admitted extends AdmittedCaller, FollowedChat {}

export function admit(c: RequestContext, follower: Pick<Admitted, 'actor' | 'chatId' | 'after'>): Admitted {
  const wantsDetails = c.req.query('details') === '1';
  return { ...follower, ...admitCaller(c, follower.actor), wantsDetails };
}

export function admitCaller(c: RequestContext, actor: Actor): AdmittedCaller {
  const address = clientAddress(c);
  return { actor, address, addressKey: addressKey(address), origin: claimedOrigin(c) };
}
