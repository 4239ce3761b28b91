import type { WireQuote } from '../../wire/message.ts';
import { optionalPart, part } from '../shell/part.ts';

/** The strip above the box with the message that the next post answers. Its markup is loaded at the first answer. */
export class ReplyStrip {
  readonly #row: HTMLElement;
  readonly #cancel: () => void;
  #element: HTMLElement | undefined;
  #reply: WireQuote | undefined;

  constructor(form: HTMLFormElement, cancel: () => void) {
    this.#row = part(form, '.composer-row', HTMLElement);
    this.#cancel = cancel;
    this.#element = optionalPart(form, '[data-reply-strip]', HTMLElement);
  }

  /** The position that the server's page was asked to answer. */
  get given(): number | undefined {
    const quoted = this.#element?.dataset.quoted;
    return quoted === undefined ? undefined : Number(quoted);
  }

  show(reply: WireQuote | undefined): void {
    this.#reply = reply;
    // Where the markup cannot be loaded, the answer is sent without having been shown.
    if (reply) this.#load(reply).catch(() => this.#remove());
    else this.#remove();
  }

  #remove(): void {
    this.#element?.remove();
    this.#element = undefined;
  }

  async #load(reply: WireQuote): Promise<void> {
    const { replyStripRow } = await import('./reply-strip-row.ts');
    if (this.#reply !== reply) return;
    this.#remove();
    this.#element = replyStripRow(reply, this.#cancel);
    this.#row.before(this.#element);
  }
}
