import { Presence } from '../presence/presence.ts';
import { TypingDisplay } from '../typing/typing-display.ts';
import type { ConnectionOptions } from './connection-listener.ts';
import { TabConnection } from './tab-connection.ts';

/** The connection of a tab, which also tells the server that the reader is there, and shows who else is there and who is writing. */
export function connectTab(options: ConnectionOptions): TabConnection {
  const { listener } = options;
  const presence = new Presence((frame) => connection.send(frame));
  const typing = new TypingDisplay();
  const connection: TabConnection = new TabConnection({
    ...options,
    listener: {
      ...listener,
      connected() {
        listener.connected();
        presence.begin();
      },
      frame(frame) {
        listener.frame(frame);
        presence.hear(frame);
        typing.hear(frame);
      },
    },
  });
  return connection;
}
