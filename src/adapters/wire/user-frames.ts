import type { ShownRole } from '../../domain/chats/membership.ts';
import type { MessageKind } from '../../domain/messages/message.ts';
import type { Availability } from '../../domain/presence/availability.ts';
import type { Level } from '../../domain/reading/level.ts';
import type { DetailsFrame, PersonFrame, ReactionsFrame, RefusedFrame, ServerFrame } from './frames.ts';
import type { WireOwnedPicture } from './picture.ts';

/** The subprotocol of `/socket`, on which a client follows any number of chats. */
export const USER_SUBPROTOCOL = 'user.v1';

/** What all members see of a chat in their lists. */
export interface WireSharedSummary {
  readonly id: number;
  readonly kind: 'group' | 'direct';
  readonly name: string;
  /** An archived chat is in no list; left out for false. */
  readonly archived?: true;
  /** Number of members. */
  readonly members: number;
  /** The ids of the people of a direct chat; left out for a group. */
  readonly people?: readonly number[];
  /** Names of other members, the last to join first, at most 3. Left out where the user has no other chat of this name. */
  readonly others?: readonly string[];
  /** The newest message, or null where there is none. */
  readonly last: {
    readonly position: number;
    readonly kind: MessageKind;
    readonly author: { readonly id: number; readonly username: string };
    /** The beginning of the text on one line, at most 140 code points; empty for a deleted message. */
    readonly snippet: string;
    /** RFC 3339, UTC, with milliseconds. */
    readonly sent_at: string;
  } | null;
}

/** What one member has yet to read in a chat. */
export interface WireReading {
  /** The position up to which the user has read. */
  readonly read: number;
  /** How often the user marked messages as unread; left out for never. */
  readonly read_version?: number;
  /** Unread messages of others; 100 stands for that many or more. */
  readonly unread: number;
  /** Those of them that mention the user. */
  readonly mentions: number;
  readonly level: Level;
  /** Until when the user is notified of nothing, in RFC 3339 and UTC. It may have passed. Left out where the chat was never muted. */
  readonly muted_until?: string;
  /** The user keeps the chat at the top of the list; left out for false. */
  readonly pinned?: true;
  /** The user's role in the chat; left out for a member, and in direct chats. */
  readonly role?: Exclude<ShownRole, 'member'>;
}

/** One of the user's chats, as in the list of chats. */
export interface WireChatSummary extends WireSharedSummary, WireReading {}

export interface HelloFrame {
  readonly type: 'hello';
  readonly you: { readonly id: number; readonly username: string };
  readonly installation: string;
  readonly epoch: string;
  /** By their newest message, the newest first. */
  readonly chats: readonly WireChatSummary[];
}

/** Another person is writing in the chat. It holds for 6 s, or until their next message there. */
export interface TypingFrame {
  readonly type: 'typing';
  readonly chat_id: number;
  readonly user: { readonly id: number; readonly username: string };
}

/** Another person, with whom the user shares a chat, is shown differently now. */
export interface PresenceFrame {
  readonly type: 'presence';
  readonly user: { readonly id: number; readonly username: string };
  /** `idle`: connected, and not using any device. */
  readonly state: Availability['state'];
  /** The end of `away`, in RFC 3339 and UTC; left out for other states. */
  readonly until?: string;
}

/** The user's settings call for a sound, in one of the pages that are open in a browser. The message is unread. */
export interface SoundFrame {
  readonly type: 'sound';
  readonly chat_id: number;
  readonly position: number;
}

/** The user signed in with another session, which is told nothing of it. */
export interface SignedInFrame {
  readonly type: 'signed_in';
  /** What the browser or program calls itself, in words for people; may be empty. */
  readonly device: string;
  /** The address, as far as one subscriber has it; may be empty. */
  readonly address: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly signed_in_at: string;
}

/** The reports or the audit of a chat have changed, which the user may read as its owner or moderator. */
export interface OversightFrame {
  readonly type: 'oversight';
  readonly chat_id: number;
}
/** The user, somebody with whom the user shares a chat, or a chat of the user's has another picture, or none. */
export type PictureFrame = WireOwnedPicture & { readonly type: 'picture' };

/** What the server says on `/socket`. The frames of chat.v1 name their chat. */
export type UserServerFrame =
  | HelloFrame
  /** A chat was joined, or its summary changed. */
  | { readonly type: 'chat'; readonly chat: WireChatSummary }
  /** The user is no longer a member of the chat. */
  | { readonly type: 'left'; readonly chat_id: number }
  | InChat<Extract<ServerFrame, { readonly type: 'ready' | 'message' | 'reset' }> | DetailsFrame>
  | ReactionsFrame
  | TypingFrame
  | PresenceFrame
  | SoundFrame
  | SignedInFrame
  | OversightFrame
  | PictureFrame
  | PersonFrame
  /** Without a chat where the frame that is refused named none. */
  | (RefusedFrame & { readonly chat_id?: number })
  | { readonly type: 'alive' };

type InChat<Frame> = Frame & { readonly chat_id: number };
