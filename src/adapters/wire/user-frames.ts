import type { MessageKind } from '../../domain/messages/message.ts';
import type { DetailsFrame, ReactionsFrame, RefusedFrame, ServerFrame } from './frames.ts';

/** The subprotocol of `/socket`, on which a client follows any number of chats. */
export const USER_SUBPROTOCOL = 'user.v1';

/** One of the user's chats, as in the list of chats. */
export interface WireChatSummary {
  readonly id: number;
  readonly kind: 'group';
  readonly name: string;
  /** Number of members. */
  readonly members: number;
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

export interface HelloFrame {
  readonly type: 'hello';
  readonly you: { readonly id: number; readonly username: string };
  readonly installation: string;
  readonly epoch: string;
  /** By their newest message, the newest first. */
  readonly chats: readonly WireChatSummary[];
}

/** What the server says on `/socket`. The frames of chat.v1 name their chat. */
export type UserServerFrame =
  | HelloFrame
  /** A chat was joined, or its summary changed. */
  | { readonly type: 'chat'; readonly chat: WireChatSummary }
  /** The user is no longer a member of the chat. */
  | { readonly type: 'left'; readonly chat_id: number }
  | InChat<Extract<ServerFrame, { readonly type: 'ready' | 'message' | 'reset' }> | DetailsFrame>
  | ReactionsFrame
  /** Without a chat where the frame that is refused named none. */
  | (RefusedFrame & { readonly chat_id?: number })
  | { readonly type: 'alive' };

type InChat<Frame> = Frame & { readonly chat_id: number };
