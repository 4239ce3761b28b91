import barTemplate from '../../../../../templates/partials/action-bar.eta';
import { part } from '../../shell/part.ts';
import { asset } from '../../templates/asset.ts';
import { elementOf } from '../../templates/message-html.ts';
import type { ActionRow, RowAction } from './row-action.ts';

export interface ActionBarOptions {
  readonly run: (action: RowAction, row: ActionRow) => void;
  /** Opens the menu beside the button. */
  readonly more: (row: ActionRow, button: HTMLElement) => void;
}

/** The bar with the most frequent actions. There is one, which moves into the row that it is about. */
export class ActionBar {
  readonly #element: HTMLElement;
  readonly #buttons: ReadonlyMap<HTMLButtonElement, RowAction>;
  #row: ActionRow | undefined;

  constructor(actions: readonly RowAction[], { run, more }: ActionBarOptions) {
    const shown = actions.filter(({ place }) => place === 'bar');
    this.#element = elementOf(barTemplate({ actions: shown, asset }));
    const buttons = [...this.#element.querySelectorAll<HTMLButtonElement>('[data-action]')];
    this.#buttons = new Map(shown.flatMap((action, index) => (buttons[index] ? [[buttons[index], action]] : [])));
    for (const [button, action] of this.#buttons)
      button.addEventListener('click', () => this.#row && run(action, this.#row));
    const moreButton = part(this.#element, '[data-more-actions]', HTMLButtonElement);
    moreButton.addEventListener('click', () => this.#row && more(this.#row, moreButton));
    this.#element.addEventListener('keydown', (event) => this.#move(event));
  }

  /** The row that the bar is at. */
  get row(): ActionRow | undefined {
    return this.#element.isConnected ? this.#row : undefined;
  }

  /** Whether the reader is in the bar by keys. */
  get hasFocus(): boolean {
    return this.#element.querySelector(':focus-visible') !== null;
  }

  show(row: ActionRow): void {
    const isThere = this.#element.parentElement === row.element;
    this.#row = row;
    for (const [button, action] of this.#buttons) button.hidden = !action.isOffered(row);
    if (!isThere) row.element.append(this.#element);
  }

  /** Hides the bar unless its row has the pointer or the focus. */
  release(): void {
    // The focus is between two elements while the event is handled.
    requestAnimationFrame(() => {
      // The focus comes back when the dialog is closed.
      if (document.querySelector('dialog[open]')) return;
      const row = this.#element.parentElement;
      if (!row?.matches(':hover, :focus-within')) this.#element.remove();
    });
  }

  /** Arrows move between the buttons, as in every toolbar. */
  #move(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const buttons = [...this.#element.querySelectorAll<HTMLButtonElement>('button:not([hidden])')];
    const index = buttons.findIndex((button) => button.matches(':focus'));
    buttons.at((index + step) % buttons.length)?.focus();
    event.preventDefault();
  }
}
