import type { Revision } from '../../domain/chats/chat.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';

export interface MessagesView {
  /** The newest `limit` messages posted before `position` (all when undefined), oldest first. */
  before(chatId: ChatId, position: Revision | undefined, limit: number): Promise<readonly Message[]>;
  /** The first `limit` messages changed after `revision`, in order of revision. */
  changedAfter(chatId: ChatId, revision: Revision, limit: number): Promise<readonly Message[]>;
}

export interface Messages extends MessagesView {
  /** The author's message under this client id in this chat, or undefined. */
  sentAs(chatId: ChatId, author: User, clientId: ClientId): Promise<Message | undefined>;
  /** Stores it. (chat, position) and (chat, author, client id) must be new; chat and author must exist. */
  add(message: Message): Promise<void>;
}
