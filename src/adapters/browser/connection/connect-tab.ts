import type { SoundFrame } from '../../wire/user-frames.ts';
import { Presence } from '../presence/presence.ts';
import { noteShownChat } from '../sound/shown-chat.ts';
import { TypingDisplay } from '../typing/typing-display.ts';
import type { ConnectionOptions } from './connection-listener.ts';
import { TabConnection } from './tab-connection.ts';

/** The connection of a tab, which also tells the server that the reader is there, and shows who else is there and who is writing. */
export function connectTab(options: ConnectionOptions): TabConnection {
  const { listener } = options;
  const presence = new Presence((frame) => connection.send(frame));
  const typing = new TypingDisplay();
  document.addEventListener('visibilitychange', noteShownChat);
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
        if (frame.type === 'ready') noteShownChat();
        else if (frame.type === 'sound') playSound(frame);
      },
    },
  });
  return connection;
}

/** Where the script cannot be loaded, there is no sound. */
function playSound(frame: SoundFrame): void {
  import('../sound/sound.ts').then(({ sound }) => sound(frame)).catch(() => undefined);
}
