import type { Actor } from '../../actor.ts';

/** Asked before a connection is opened that follows the actor's chats. Every user may; it is there to be counted as a read. */
export type AssertMayConnect = (actor: Actor) => Promise<void>;

export function makeAssertMayConnect(): AssertMayConnect {
  return async () => undefined;
}
