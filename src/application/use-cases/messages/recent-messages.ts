import type { Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';

/** So many messages are kept for those who come back after a moment, or as many as have so many characters together. */
const KEPT = 256;
const KEPT_CHARACTERS = 256 * 1024;

/** The newest messages of a chat, in order of revision and without a gap. */
export class RecentMessages {
  #messages: Message[] = [];
  #characters = 0;
  /** What was asked for last: many who come back together missed the same, and share its encoding. */
  #last: readonly Message[] = [];

  add(message: Message): void {
    this.#last = [];
    this.#messages.push(message);
    this.#characters += message.text.length;
    // Trimmed by halves, so that keeping a message costs nothing to speak of.
    if (this.#messages.length > 2 * KEPT || this.#characters > 2 * KEPT_CHARACTERS) this.#trim();
  }

  /** Those after `revision`, or undefined when there were more than are kept. `newest` is the revision of the last one. */
  after(revision: Revision, newest: Revision): readonly Message[] | undefined {
    const missed = newest - revision;
    if (missed <= 0) return [];
    if (missed > this.#messages.length) return undefined;
    if (this.#last.length !== missed) this.#last = this.#messages.slice(-missed);
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
