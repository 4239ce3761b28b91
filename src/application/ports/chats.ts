import type { Chat, ChatName, Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface ChatsView {
  /** The chat, or undefined. */
  find(id: ChatId): Promise<Chat | undefined>;
  /** The chats that the user is a member of, most recently joined first; ties are broken by id, largest first. */
  ofUser(userId: UserId): Promise<readonly Chat[]>;
}

export interface Chats extends ChatsView {
  /** Creates a chat, at revision 0. */
  add(chat: { readonly name: ChatName; readonly createdAt: number }): Promise<Chat>;
  /** Renames the chat. An unknown id changes nothing. */
  rename(id: ChatId, name: ChatName): Promise<void>;
  /**
   * Takes the chat's next revision. The chat stays locked until the unit of work ends, so that revisions are committed in order and
   * without gaps. The chat must exist.
   */
  nextRevision(id: ChatId): Promise<Revision>;
}
