import type { Chat, ChatName, Retention, Revision } from '../../domain/chats/chat.ts';
import type { PeopleKey } from '../../domain/chats/direct.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ListedChat } from '../../domain/reading/reading.ts';

export interface ChatsView {
  /** The chat with its slow mode, its archive and its retention, or undefined. */
  find(id: ChatId): Promise<Chat | undefined>;
  /** The chats that the user is a member of and has not hidden, most recently joined first; ties are broken by id, largest first. */
  ofUser(userId: UserId): Promise<readonly Chat[]>;
  /** The chat's summary as of one moment, or undefined. */
  summary(id: ChatId): Promise<ChatSummary | undefined>;
  /**
   * The summaries of the same chats, with what the user has yet to read in them, as of one moment, by their newest message, the newest first. A chat without messages counts
   * from the moment at which the user joined it; the id breaks ties, largest first.
   */
  summariesOfUser(userId: UserId): Promise<readonly ListedChat[]>;
  /** The people of those of these chats that are direct, by user id. They never change. */
  people(ids: readonly ChatId[]): Promise<ReadonlyMap<ChatId, readonly User[]>>;
  /** The direct chat of exactly these people, or undefined. */
  findDirect(people: PeopleKey): Promise<ChatId | undefined>;
}

export interface Chats extends ChatsView {
  /** Creates a chat, at revision 0. */
  add(chat: { readonly name: ChatName; readonly createdAt: number }): Promise<Chat>;
  /** The direct chat of these people: created, without members, where there is none. One of several concurrent calls creates it. */
  addDirect(chat: {
    readonly people: PeopleKey;
    readonly createdAt: number;
  }): Promise<{ readonly id: ChatId; readonly isNew: boolean }>;
  /** The direct chats that both are in, in ascending order. */
  directOfBoth(one: UserId, other: UserId): Promise<readonly ChatId[]>;
  /** Sets the slow mode, in seconds; 0 for none. An unknown id changes nothing. */
  setSlowMode(id: ChatId, seconds: number): Promise<void>;
  /** Archives the chat at a moment (ms), or brings it back (null). An unknown id changes nothing. */
  setArchived(id: ChatId, at: number | null): Promise<void>;
  /** Sets after how many days messages are erased, 0 for never. Answers the version that the retention has from now on. */
  setRetention(id: ChatId, days: number): Promise<number>;
  /**
   * Notes up to which position messages are erased, where the retention still has this version. Answers the version that it has from now on;
   * undefined where it has another one, and nothing is noted.
   */
  passRetention(id: ChatId, passed: Pick<Retention, 'version' | 'erasedTo'>): Promise<number | undefined>;
  /** Renames the chat. An unknown id changes nothing. */
  rename(id: ChatId, name: ChatName): Promise<void>;
  /**
   * Takes the chat's next revision. The chat stays locked until the unit of work ends, so that revisions are committed in order and
   * without gaps. The chat must exist.
   * @throws DomainError `archived`, where that is not allowed, also when another unit has archived it since the members were looked up
   */
  nextRevision(id: ChatId, when?: 'not_archived' | 'even_archived'): Promise<Revision>;
}
