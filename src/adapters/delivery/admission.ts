import type { Actor } from '../../application/actor.ts';
import type { FollowedChat } from '../../application/use-cases/messages/follow-chat.ts';

/** Who was let in, to what, and from where they go on. */
export interface Admission extends FollowedChat {
  readonly actor: Actor;
  /** Where they come from, for the log: the client's address, and the site that opened the socket, if it says so. */
  readonly address: string;
  readonly origin: string | undefined;
}
