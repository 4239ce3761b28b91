import type { WireChatSummary } from '../../wire/user-frames.ts';
import type { ReceivedFrame } from '../connection/wire-decoding.ts';
import type { TypingPlaces } from './typing-places.ts';

/** Shows who else is writing. The code for it is loaded with the first signal. */
export class TypingDisplay {
  #places: Promise<TypingPlaces> | undefined;
  /** The position of the newest message of each chat, as the list of chats has it. */
  readonly #newest = new Map<number, number | undefined>();

  /** Takes every frame of the connection. */
  hear(frame: ReceivedFrame): void {
    if (frame.type === 'hello') for (const chat of frame.chats) this.#newest.set(chat.id, chat.last?.position);
    else if (frame.type === 'chat') this.#summaryChanged(frame.chat);
    else if (frame.type === 'typing') {
      this.#places ??= load();
      this.#tell((places) => places.typing(frame));
    } else if (frame.type === 'message') {
      const { chat_id, author, position, revision } = frame.message;
      if (position === revision) this.#tell((places) => places.posted(chat_id, author.id));
    }
  }

  /** Chats that the page does not follow tell of posts in their summaries, which change for other reasons too. */
  #summaryChanged({ id, last }: WireChatSummary): void {
    if (last && last.position !== this.#newest.get(id)) this.#tell((places) => places.posted(id, last.author.id));
    this.#newest.set(id, last?.position);
  }

  #tell(tell: (places: TypingPlaces) => void): void {
    this.#places?.then(tell, () => {
      // The next signal tries again.
      this.#places = undefined;
    });
  }
}

async function load(): Promise<TypingPlaces> {
  const { TypingPlaces } = await import('./typing-places.ts');
  return new TypingPlaces();
}
