import type { Revision } from '../../domain/chats/chat.ts';
import type { PeopleKey } from '../../domain/chats/direct.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

/** The tables of direct chats, and of blocks. */
export interface DirectSchema {
  /** Chats that members have hidden, and the chat's revision at that time. */
  readonly hidden_chats: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly position: Revision;
  };
  /** A set of people has one direct chat. */
  readonly direct_chats: {
    readonly chat_id: ChatId;
    readonly people: PeopleKey;
  };
  readonly blocks: {
    readonly user_id: UserId;
    readonly blocked_id: UserId;
    readonly created_at: number;
  };
}
