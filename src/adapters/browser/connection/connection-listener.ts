import type { UserFrame } from '../../wire/client-frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { Channel } from './channels/channel.ts';
import type { HttpListener } from './channels/http-channel.ts';
import type { Ending, Refused } from './close-codes.ts';
import type { ReceivedFrame } from './wire-decoding.ts';

export interface ConnectionListener {
  /** The server is ready: on the page of a chat, the chat is followed. */
  connected(): void;
  /** The connection is lost; another attempt follows by itself. */
  lost(): void;
  /** After `lost`: the server is healthy and does not let this page in. */
  turnedAway(): void;
  /** After `lost`: something else answers in the server's place, such as a sign-on that has expired. */
  intercepted(): void;
  /** After `connected`: WebSockets cannot pass, and HTTP stands in for them. */
  withoutSockets(): void;
  /** The last call: another attempt is of no use. */
  ended(ending: Ending): void;
  frame(frame: ReceivedFrame): void;
  /** A post was stored; its message also comes as a frame. */
  stored(message: WireMessage): void;
}

export type FollowFrame = Extract<UserFrame, { type: 'follow' }>;

export interface ConnectionOptions {
  /** The address of the socket. */
  readonly address: string;
  /** The frame that follows the page's chat, asked for whenever a socket has opened; undefined for a page without a chat. */
  readonly follow: () => FollowFrame | undefined;
  /** Finds out why the server refused the connection, which browsers do not tell. */
  readonly whyRefused: () => Promise<Refused | undefined>;
  /** Follows the page's chat by HTTP; undefined for a page without a chat. */
  readonly openStream: (listener: HttpListener) => Promise<Channel> | undefined;
  readonly listener: ConnectionListener;
}
