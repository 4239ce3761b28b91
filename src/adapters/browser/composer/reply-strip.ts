import template from '../../../../templates/partials/reply-strip.eta';
import { faceOf } from '../../wire/face.ts';
import type { WireQuote } from '../../wire/message.ts';
import { optionalPart, part } from '../shell/part.ts';
import { asset } from '../templates/asset.ts';
import { elementOf } from '../templates/message-html.ts';

/** The strip above the box with the message that the next post answers. */
export class ReplyStrip {
  readonly #row: HTMLElement;
  readonly #cancel: () => void;
  #element: HTMLElement | undefined;

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
    this.#element?.remove();
    this.#element = reply && elementOf(template({ reply, faceOf, asset }));
    if (!this.#element) return;
    part(this.#element, '[data-cancel-reply]', HTMLButtonElement).addEventListener('click', this.#cancel);
    this.#row.before(this.#element);
  }
}
