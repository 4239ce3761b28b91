import type { Actor } from '../../application/actor.ts';
import type { FollowedChat } from '../../application/feed/chat-following.ts';

/** Who opened a connection. */
export interface Caller {
  readonly actor: Actor;
  /** Where the caller comes from, for the log: the client's address, and the site that opened the connection, if it says so. */
  readonly address: string;
  readonly origin: string | undefined;
}

/** A caller who may follow a chat, with the place to begin at. */
export interface Admission extends Caller, FollowedChat {}
