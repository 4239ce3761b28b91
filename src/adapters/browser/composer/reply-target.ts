import type { WireQuote } from '../../wire/message.ts';
import type { OpenDraft } from './drafts.ts';
import { ReplyStrip } from './reply-strip.ts';

export interface ReplyTargetOptions {
  readonly form: HTMLFormElement;
  readonly draft: OpenDraft;
  /** Reads a message as its replies show it; calls again when more is known of it. */
  readonly quoteAt: (position: number, show: (quote: WireQuote) => void) => void;
  /** Called when the reader has taken back that the post answers something. */
  readonly cancelled: () => void;
}

/** The message that the next post answers. It is kept with the draft, and shown in a strip above the box. */
export class ReplyTarget {
  readonly #options: ReplyTargetOptions;
  readonly #strip: ReplyStrip;
  /** Whether another text than the draft is in the box. */
  #isAside = false;

  constructor(options: ReplyTargetOptions) {
    this.#options = options;
    this.#strip = new ReplyStrip(options.form, options.cancelled);
    // The server's page was asked for an answer to this message, which is more recent than any draft.
    if (this.#strip.given !== undefined) options.draft.replyTo = this.#strip.given;
    this.show();
  }

  get position(): number | undefined {
    return this.#options.draft.replyTo;
  }

  /** Is saved with the next change of the draft. */
  set position(position: number | undefined) {
    this.#options.draft.replyTo = position;
    this.show();
  }

  /** Takes the strip away until `show` is called. */
  putAside(): void {
    this.#isAside = true;
    this.#strip.show(undefined);
  }

  show(): void {
    const { draft, quoteAt } = this.#options;
    const { replyTo } = draft;
    this.#isAside = false;
    if (replyTo === undefined) this.#strip.show(undefined);
    else quoteAt(replyTo, (quote) => !this.#isAside && draft.replyTo === quote.position && this.#strip.show(quote));
  }
}
