import type { ChatName, Revision } from '../../domain/chats/chat.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { PictureSet } from '../../domain/events.ts';
import type { Session } from '../../domain/identity/session.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, SessionId } from '../../domain/ids.ts';
import type { PersonPresence } from '../../domain/presence/person.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { ListedChat, Reading } from '../../domain/reading/reading.ts';
import type { Typing } from '../../domain/typing/typing.ts';

export type EndReason = 'session_ended' | 'not_a_member' | 'unavailable';

/** What stands above a chat's messages. Another object stands for other details. */
export interface ChatDetails {
  readonly name: ChatName;
  /** Shortest time between two posts of a member, in seconds; undefined without slow mode. */
  readonly slowSeconds?: number | undefined;
  /** Left out where the chat is not archived. */
  readonly isArchived?: true | undefined;
  /** After how many days messages are erased; undefined where they are kept. */
  readonly retentionDays?: number | undefined;
  /** The position up to which messages were erased; undefined where none was. */
  readonly erasedTo?: Revision | undefined;
  /** The people of a direct chat; undefined for a group. */
  readonly people?: readonly User[] | undefined;
  /** How many members there are. */
  readonly members: number;
  /** How many different people follow the chat at this moment or, in chats of at most 250 members, are connected at all. */
  readonly connected: number;
}

/**
 * Who follows a chat, from the use case's side. No method may throw or wait. `deliver` is given the same array, not a
 * copy, for all followers of a chat, and `details` the same object, so that an adapter can encode them once for all.
 */
export interface Follower {
  /** First, and once: the chat is at `revision`. What was asked for after an earlier one comes next, then what is new. */
  ready(revision: Revision): void;
  /**
   * Changes in order of revision, none left out and none twice. They are taken in any case; false says that no more can
   * be for now: nothing is delivered until the follower asks for the rest by `Following.resume`.
   */
  deliver(changes: readonly ChatChange[]): boolean;
  /**
   * The same for a follower that is being brought up to date, at its own pace: false says that these have yet to leave, and
   * the next ones come once the follower asks for them by `Following.resume`.
   */
  catchUp(changes: readonly ChatChange[]): boolean;
  /** Too much was missed to be sent: what follows is after `revision`; load the rest as history. */
  reset(revision: Revision): void;
  /** For who asked for them: once live, and again, at most about once a second, when they have changed. */
  details(details: ChatDetails): void;
  /** The last call there is. */
  end(reason: EndReason): void;
}

/** Who follows a chat over a connection of its own. */
export interface ConnectedFollower extends Follower {
  /** As in `UserFollower`, once it is ready. */
  renamed(user: User): void;
}

/** A session that has begun just now. */
export interface NewSession extends Pick<Session, 'device' | 'address' | 'createdAt'> {
  readonly sessionId: SessionId;
}

/**
 * Who follows a user's chats, from the use case's side. No method may throw or wait. `chat` is given the same summary for all followers
 * of a chat, so that an adapter can encode it once for all.
 */
export interface UserFollower {
  /** First, and once: the user's chats, by their newest message, the newest first. */
  hello(chats: readonly ListedChat[]): void;
  /**
   * The user joined a chat, its summary changed, or what the user has yet to read in it did. Changes of one chat are told together, at
   * most a few times a second.
   */
  chat(summary: ChatSummary, reading: Reading): void;
  /** The user is no longer a member of the chat. */
  left(chatId: ChatId): void;
  /** Another person is writing in a chat. The same object for all followers. It may be dropped: it is repeated while they write. */
  typing(typing: Typing): void;
  /** Another person, with whom the user shares a chat, is shown differently now. The same object for all followers. */
  presence(person: PersonPresence): void;
  /** The user, or somebody with whom the user shares a chat, has another name. It may be told again. */
  renamed(user: User): void;
  /** The user signed in with another session. It may be dropped. */
  signedIn(session: NewSession): void;
  /** The reports or the audit of a chat, which the user may see, have changed. It may be told again, and for nothing. */
  oversightChanged(chatId: ChatId): void;
  /** The user, somebody with whom the user shares a chat, or a chat has another picture, or none. It may be told again, and it may be dropped. */
  pictureSet(set: PictureSet): void;
  /** The user's open pages play a sound for an unread message, as their settings say now. It may be dropped. */
  sound(chatId: ChatId, position: Revision): void;
  /** The last call there is. */
  end(reason: EndReason): void;
}
