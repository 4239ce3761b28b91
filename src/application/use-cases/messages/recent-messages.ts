import type { Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { CHUNK_BYTES, firstWithin } from './within-bytes.ts';

/** So many messages are kept for those who come back after a moment, or as many as have so many characters together. */
const KEPT = 256;
const KEPT_CHARACTERS = 256 * 1024;

/** The newest messages of a chat, in order of revision and without a gap. */
export class RecentMessages {
  #messages: Message[] = [];
  #characters = 0;
  /** What was asked for last: many who come back together missed the same, and share its encoding. */
  #last: readonly Message[] = [];
  #lastAfter: Revision | undefined;

  add(message: Message): void {
    this.#lastAfter = undefined;
    this.#messages.push(message);
    this.#characters += message.text.length;
    // Trimmed by halves, so that keeping a message costs nothing to speak of.
    if (this.#messages.length > 2 * KEPT || this.#characters > 2 * KEPT_CHARACTERS) this.#trim();
  }

  /**
   * The first of those after `revision` that weigh no more than a chunk, or undefined when there were more than are kept.
   * `newest` is the revision of the last one of all.
   */
  after(revision: Revision, newest: Revision): readonly Message[] | undefined {
    const missed = newest - revision;
    if (missed <= 0) return [];
    if (missed > this.#messages.length) return undefined;
    if (this.#lastAfter !== revision) {
      this.#last = firstWithin(this.#messages.slice(-missed), CHUNK_BYTES);
      this.#lastAfter = revision;
    }
    return this.#last;
  }

  #trim(): void {
    let kept = 0;
    let characters = 0;
    for (const { text } of this.#messages.toReversed()) {
      if (kept >= KEPT || characters + text.length > KEPT_CHARACTERS) break;
      kept += 1;
      characters += text.length;
    }
    this.#messages = this.#messages.slice(this.#messages.length - kept);
    this.#characters = characters;
  }
}
