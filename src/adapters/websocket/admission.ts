import type { Actor } from '../../application/actor.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';

/** Who was let in, to what, and from where they go on. */
export interface Admission {
  readonly actor: Actor;
  readonly chatId: ChatId;
  readonly after: Revision | undefined;
  /** Where they come from, for the log: the client's address, and the site that opened the socket, if it says so. */
  readonly address: string;
  readonly origin: string | undefined;
}
