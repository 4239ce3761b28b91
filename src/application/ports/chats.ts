import type { Chat, ChatName, Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface ChatsView {
  /** The chat, or undefined. */
  find(id: ChatId): Promise<Chat | undefined>;
  /** The chats a user is a member of, by the time of joining, the newest first; the id breaks ties, largest first. */
  ofUser(userId: UserId): Promise<readonly Chat[]>;
}

export interface Chats extends ChatsView {
  /** The new chat at revision 0. */
  add(chat: { readonly name: ChatName; readonly createdAt: number }): Promise<Chat>;
  /** Gives the chat another name; an unknown id changes nothing. */
  rename(id: ChatId, name: ChatName): Promise<void>;
  /**
   * Takes the chat's next revision. Whoever takes one holds the chat until the unit of work ends, so that revisions are
   * committed in their order and none is skipped. The chat must exist.
   */
  nextRevision(id: ChatId): Promise<Revision>;
}
