import type { ServerFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { Ending, Refused } from './close-codes.ts';
import type { Channel, ChannelListener } from './http-channel.ts';

export interface ConnectionListener {
  /** From the moment the server is ready. */
  connected(): void;
  /** Another attempt follows by itself. */
  lost(): void;
  /** After `lost`, when the server is well and still does not let this page in. */
  turnedAway(): void;
  /** After `lost`, when something else answers in the server's place, such as a sign-on that has expired. */
  intercepted(): void;
  /** After `connected`, which holds: WebSockets cannot pass, and HTTP stands in for them. */
  withoutSockets(): void;
  /** The last call there is. */
  ended(ending: Ending): void;
  frame(frame: ServerFrame): void;
  /** A post was stored; its message also comes as a frame. */
  stored(message: WireMessage): void;
}

export interface ConnectionOptions {
  /** Where to connect, asked before each attempt. */
  readonly address: () => string;
  /** Finds out why the server let no connection come about: browsers do not say. */
  readonly whyRefused: () => Promise<Refused | undefined>;
  /** Follows the chat by HTTP. */
  readonly openStream: (listener: ChannelListener) => Promise<Channel>;
  readonly listener: ConnectionListener;
}
