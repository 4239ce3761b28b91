import type { ErrorCode } from '../../domain/errors.ts';
import type { WireMessage, WireTally } from './message.ts';

/** The subprotocol that carries these frames, one JSON object each. Without it a socket speaks plain text. */
export const SUBPROTOCOL = 'chat.v1';

export type ServerFrame =
  | {
      readonly type: 'ready';
      readonly chat_id: number;
      readonly revision: number;
      readonly you: { readonly id: number; readonly username: string };
      readonly installation: string;
      /** Revisions of another epoch mean nothing in this one. */
      readonly epoch: string;
    }
  | { readonly type: 'message'; readonly message: WireMessage }
  | ReactionsFrame
  | RefusedFrame
  | DetailsFrame
  | PersonFrame
  | { readonly type: 'reset'; readonly revision: number }
  /** After a while without another frame, so that a client can tell silence from a lost connection. */
  | { readonly type: 'alive' };

/** The reactions to a message changed, and nothing else of it. */
export interface ReactionsFrame {
  readonly type: 'reactions';
  readonly chat_id: number;
  /** Of the message. */
  readonly position: number;
  /** The chat's revision at which they changed, which is the message's from then on. */
  readonly revision: number;
  /** All reactions to the message. */
  readonly reactions: readonly WireTally[];
}

/** The user, or somebody with whom the user shares a chat, has another name. */
export interface PersonFrame {
  readonly type: 'user';
  readonly user: { readonly id: number; readonly username: string };
}

/** What a client asked for was not done: nothing was stored. */
export interface RefusedFrame {
  readonly type: 'refused';
  readonly client_id?: string;
  readonly code: ErrorCode;
  readonly detail: string;
  /** In how many seconds the same may succeed, where the chat is slow. */
  readonly retry_after?: number;
  /** The message as it is, where an edit was refused for what it is now. */
  readonly message?: WireMessage;
}

/** What stands above a chat's messages, for sockets that asked for it. */
export interface DetailsFrame {
  readonly type: 'details';
  readonly name: string;
  readonly members: number;
  /** How many people have a socket to the chat open. */
  readonly connected: number;
  /** Shortest time between two posts of a member, in seconds; left out without slow mode. */
  readonly slow_mode?: number;
  /** Left out where the chat is not archived. */
  readonly archived?: true;
  /** After how many days messages are erased; left out where they are kept. */
  readonly retention_days?: number;
  /** The messages at this position and before were erased; left out where none was. */
  readonly erased_to?: number;
}

/** Why the server closes a socket; only the last two are worth trying again. */
export const CLOSE = {
  sessionEnded: 4401,
  notAMember: 4403,
  abuse: 1008,
  failed: 1011,
  notText: 1003,
  restarting: 1012,
  tooSlow: 1013,
} as const;
