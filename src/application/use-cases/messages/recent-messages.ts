import type { Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';

/** So many messages, at least, are at hand for those who come back after a moment. */
const KEPT = 256;

/** The newest messages of a chat, in order of revision and without a gap. */
export class RecentMessages {
  #messages: Message[] = [];

  add(message: Message): void {
    this.#messages.push(message);
    if (this.#messages.length > 2 * KEPT) this.#messages = this.#messages.slice(-KEPT);
  }

  /** Those after `revision`, or undefined when there were more than are kept. `newest` is the revision of the last one. */
  after(revision: Revision, newest: Revision): readonly Message[] | undefined {
    const missed = newest - revision;
    if (missed <= 0) return [];
    return missed <= this.#messages.length ? this.#messages.slice(-missed) : undefined;
  }
}
