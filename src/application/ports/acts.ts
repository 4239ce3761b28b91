import type { ChatId } from '../../domain/ids.ts';
import type { Act, ActId, ListedAct, NewAct } from '../../domain/moderation/act.ts';

/** What owners and moderators did. Acts are added, and never changed or removed. */
export interface ActsView {
  /** The act of this chat, or undefined. In a unit of work it stays locked until the end: of concurrent units only one undoes it. */
  find(chatId: ChatId, id: ActId): Promise<Act | undefined>;
  /** The newest `limit` acts of the chat before the act `before` (of all acts when undefined), the newest first. */
  list(chatId: ChatId, before: ActId | undefined, limit: number): Promise<readonly ListedAct[]>;
  /** All acts of the chat after this one, the oldest first. */
  after(chatId: ChatId, id: ActId): Promise<readonly Act[]>;
}

export interface Acts extends ActsView {
  /**
   * Stores an act, whose id is larger than those of earlier ones of the same chat. Chat and people must exist.
   * @throws Error for the second act that undoes the same one
   */
  add(act: NewAct): Promise<Act>;
}
