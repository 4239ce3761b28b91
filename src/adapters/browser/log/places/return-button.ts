import template from '../../../../../templates/partials/return-button.eta';
import { part } from '../../shell/part.ts';
import { elementOf } from '../../templates/message-html.ts';

/** The button that leads back to the message from which the reader went to another one. */
export class ReturnButton {
  readonly #button = elementOf(template({}));

  constructor(back: () => void) {
    this.#button.addEventListener('click', back);
  }

  show(): void {
    part(document, '.conversation', HTMLElement).append(this.#button);
  }

  hide(): void {
    this.#button.remove();
  }
}
