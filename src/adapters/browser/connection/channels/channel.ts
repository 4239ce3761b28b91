import type { UserFrame } from '../../../wire/client-frames.ts';

/** One way to the server, for as long as it lasts: a WebSocket, or plain HTTP. */
export interface Channel {
  /** Returns false when the frame cannot be sent this way. */
  send(frame: UserFrame): boolean;
  /** The listener hears nothing after this. */
  close(): void;
}
