import type { Revision } from './chats/chat.ts';
import type { RenamedUser } from './identity/renaming.ts';
import type { Session } from './identity/session.ts';
import type { User } from './identity/user.ts';
import type { ChatId, SessionId, UserId } from './ids.ts';
import type { Message } from './messages/message.ts';
import type { PictureOwner, PictureVersion } from './pictures/picture.ts';
import type { DevicesState } from './presence/lease.ts';
import type { ReactionsChange } from './reactions/reactions-change.ts';
import type { Typing } from './typing/typing.ts';

/** A message was stored; its `revision` is the chat's newest. */
export interface MessagePosted {
  readonly type: 'message_posted';
  readonly message: Message;
}

/** A message was edited, deleted or restored; its `revision` is the chat's newest. */
export interface MessageChanged {
  readonly type: 'message_changed';
  readonly message: Message;
}

/** The reactions to a message changed; the `revision` of the change is the chat's newest. */
export interface MessageReacted {
  readonly type: 'message_reacted';
  readonly change: ReactionsChange;
}

/** The messages at this position and before were erased, since the chat keeps them no longer. It takes no revision. */
export interface MessagesErased {
  readonly type: 'messages_erased';
  readonly chatId: ChatId;
  readonly upTo: Revision;
}

/**
 * The reports or the acts of the chat changed in a way that no message tells, as by a report. It takes no revision and says nothing of
 * them: a listener that may read them does so.
 */
export interface OversightChanged {
  readonly type: 'oversight_changed';
  readonly chatId: ChatId;
}

/**
 * A person or a chat has another picture, or none. It takes no revision, and pages that missed it show it when they are loaded again. It is told to the chats
 * of the person, and to the person; or to the chat.
 */
export interface PictureSet {
  readonly type: 'picture_set';
  readonly owner: PictureOwner;
  /** Null for none. */
  readonly version: PictureVersion | null;
}

/** A membership ended, by whatever way; nothing of the chat may reach this user any more. */
export interface MemberLeft {
  readonly type: 'member_left';
  readonly chatId: ChatId;
  readonly userId: UserId;
}

/** A session ended before its time; everything opened with it must close. */
export interface SessionEnded {
  readonly type: 'session_ended';
  readonly userId: UserId;
  readonly sessionId: SessionId;
}

/** The user signed in, and has one more session. It is told what the sessions of the user show of it. */
export interface SignedInElsewhere extends Pick<Session, 'device' | 'address' | 'createdAt'> {
  readonly type: 'signed_in';
  readonly userId: UserId;
  readonly sessionId: SessionId;
}

/** The user started or joined a chat. */
export interface ChatJoined {
  readonly type: 'chat_joined';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user's membership of a chat ended: what `MemberLeft` tells the chat, told to the user. */
export interface ChatLeft {
  readonly type: 'chat_left';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user's read pointer in the chat moved. */
export interface PointerMoved {
  readonly type: 'pointer_moved';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user set of which messages of the chat they are notified. */
export interface LevelSet {
  readonly type: 'level_set';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user pinned the chat to the top of their list, or took it from there. */
export interface ChatPinned {
  readonly type: 'chat_pinned';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user's role in the chat changed. */
export interface RoleSet {
  readonly type: 'role_set';
  readonly userId: UserId;
  readonly chatId: ChatId;
}

/** The user set their quiet hours, keywords or sound. */
export interface NotificationsSet {
  readonly type: 'notifications_set';
  readonly userId: UserId;
}

/** Events may have been lost: a listener that needs all of them reads the store. */
export interface EventsMissed {
  readonly type: 'events_missed';
}

/** A member is writing in the chat. It is no fact of the store: it is not looked for where it may have been lost. */
export interface MemberTyping extends Typing {
  readonly type: 'typing';
}

/** Facts about a chat, heard by its followers. */
export type ChatEvent =
  | MessagePosted
  | MessageChanged
  | MessageReacted
  | MessagesErased
  | OversightChanged
  | PictureSet
  | MemberLeft
  | MemberTyping
  | EventsMissed;

/** What one instance says of the people who are connected to it: a lease for each, which replaces the earlier one. */
export interface PresenceReported {
  readonly type: 'presence_reported';
  readonly instance: string;
  readonly people: readonly {
    readonly user: User;
    readonly availability: DevicesState;
    readonly lastsMs: number;
    /** The sessions whose devices are active. */
    readonly activeSessions: readonly SessionId[];
  }[];
}

/** Somebody said until when they are away, or that they are not any more. The store knows who and until when. */
export interface AwaySet {
  readonly type: 'away_set';
}

/** Somebody has another name. The store knows whose rename has which number. */
export interface UserRenamed extends RenamedUser {
  readonly type: 'user_renamed';
}

/** Facts about the people of the installation, heard by every instance. */
export type PresenceEvent = PresenceReported | AwaySet | UserRenamed | EventsMissed;

/** Facts about a user, heard by all that the user has open. */
export type UserEvent =
  | SessionEnded
  | SignedInElsewhere
  | ChatJoined
  | ChatLeft
  | PointerMoved
  | LevelSet
  | ChatPinned
  | RoleSet
  | NotificationsSet
  | PictureSet
  | EventsMissed;
