import { type Revision, revision } from '../../domain/chats/chat.ts';
import { type Message, textOf } from '../../domain/messages/message.ts';
import { CHUNK_BYTES, firstWithin } from './within-bytes.ts';

/** Messages kept for followers that return after a moment: at most this many, or as many as have this many characters. */
const MAX_MESSAGES = 256;
const MAX_CHARACTERS = 256 * 1024;

/**
 * The messages of a chat that changed last, each once and as it is now, in order of revision: a text that was edited or deleted
 * is not here any more.
 */
export class RecentMessages {
  /** By position. A map keeps the order in which its keys were added, and a message that changes is added again. */
  readonly #messages = new Map<Revision, Message>();
  #characters = 0;
  /** Every message that changed after this revision is here. */
  #completeAfter: Revision = revision(0);
  /** The last answer: followers that return together missed the same, and share its encoding. */
  #last: { readonly after: Revision; readonly messages: readonly Message[] } | undefined;

  /** Changes up to this revision will not be added. */
  startAfter(revision: Revision): void {
    this.#completeAfter = revision;
  }

  /** Takes the next change of the chat, in order of revision. */
  add(message: Message): void {
    this.#last = undefined;
    this.#remove(message.position);
    this.#messages.set(message.position, message);
    this.#characters += charactersOf(message);
    // Trimmed by halves, so that the cost per message is small.
    if (this.#messages.size > 2 * MAX_MESSAGES || this.#characters > 2 * MAX_CHARACTERS) this.#trim();
  }

  /** The first of those that changed after `after` that fit a chunk, or undefined when that reaches further back than what is kept. */
  after(after: Revision): readonly Message[] | undefined {
    if (after < this.#completeAfter) return undefined;
    if (this.#last?.after === after) return this.#last.messages;
    const messages = [...this.#messages.values()];
    const first = messages.findLastIndex(({ revision }) => revision <= after) + 1;
    this.#last = { after, messages: firstWithin(messages.slice(first), CHUNK_BYTES) };
    return this.#last.messages;
  }

  #remove(position: Revision): void {
    const superseded = this.#messages.get(position);
    if (!superseded) return;
    this.#messages.delete(position);
    this.#characters -= charactersOf(superseded);
  }

  /** Removes the oldest. */
  #trim(): void {
    for (const message of this.#messages.values()) {
      if (this.#messages.size <= MAX_MESSAGES && this.#characters <= MAX_CHARACTERS) return;
      this.#remove(message.position);
      this.#completeAfter = message.revision;
    }
  }
}

const charactersOf = (message: Message): number => textOf(message).length;
