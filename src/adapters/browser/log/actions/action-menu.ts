import menuTemplate from '../../../../../templates/partials/action-menu.eta';
import { QUICK_REACTIONS } from '../../../wire/quick-reactions.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { asset } from '../../templates/asset.ts';
import { addDialog } from '../../templates/message-html.ts';
import { placeBeside } from './place-beside.ts';
import type { ActionRow, RowAction } from './row-action.ts';

type QuickReact = (row: ActionRow, emoji: string) => void;

interface ActionMenuOptions {
  readonly run: (action: RowAction, row: ActionRow) => void;
  readonly react: QuickReact;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/** All actions on a message: a menu beside a button or, on touch screens, a sheet. */
export class ActionMenu {
  readonly #dialog: HTMLDialogElement;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #actions: readonly RowAction[];
  #row: ActionRow | undefined;
  /** The pointer was pressed since the menu is open. */
  #isPressed = false;

  constructor(actions: readonly RowAction[], { run, react, signal }: ActionMenuOptions) {
    this.#actions = actions;
    this.#dialog = addDialog(menuTemplate({ actions, asset, quick: QUICK_REACTIONS }), signal);
    this.#buttons = [...this.#dialog.querySelectorAll<HTMLButtonElement>('[data-action]')];
    for (const [index, button] of this.#buttons.entries()) {
      button.addEventListener('click', () => {
        const [row, action] = [this.#row, actions[index]];
        this.#dialog.close();
        if (row && action) run(action, row);
      });
    }
    for (const button of this.#dialog.querySelectorAll<HTMLButtonElement>('[data-quick]')) {
      button.addEventListener('click', () => {
        this.#dialog.close();
        if (this.#row) react(this.#row, button.value);
      });
    }
    this.#ignoreRelease();
    this.#dialog.addEventListener('keydown', (event) => this.#move(event));
  }

  /** @param anchor undefined for the sheet */
  open(row: ActionRow, anchor: HTMLElement | undefined): void {
    if (this.#dialog.open) return;
    this.#row = row;
    this.#isPressed = false;
    for (const [index, button] of this.#buttons.entries()) button.hidden = !this.#actions[index]?.isOffered(row);
    this.#dialog.toggleAttribute('data-sheet', anchor === undefined);
    openDialog(this.#dialog);
    placeBeside(this.#dialog, anchor);
  }

  /** The release of the long press that has opened the sheet is a click on what lies there then. */
  #ignoreRelease(): void {
    this.#dialog.addEventListener('pointerdown', () => {
      this.#isPressed = true;
    });
    this.#dialog.addEventListener(
      'click',
      (event) => {
        if (event.detail > 0 && !this.#isPressed) event.stopImmediatePropagation();
      },
      { capture: true },
    );
  }

  #move(event: KeyboardEvent): void {
    const buttons = this.#buttons.filter(({ hidden }) => !hidden);
    const index = buttons.findIndex((button) => button.matches(':focus'));
    const target = { ArrowUp: index - 1, ArrowDown: (index + 1) % buttons.length, Home: 0, End: -1 }[event.key];
    if (target === undefined) return;
    buttons.at(target)?.focus();
    event.preventDefault();
  }
}
