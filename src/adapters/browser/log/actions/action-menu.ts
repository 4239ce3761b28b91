import menuTemplate from '../../../../../templates/partials/action-menu.eta';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { asset } from '../../templates/asset.ts';
import { addDialog } from '../../templates/message-html.ts';
import { placeBeside } from './place-beside.ts';
import type { ActionRow, RowAction } from './row-action.ts';

/** All actions on a message: a menu beside a button or, on touch screens, a sheet. */
export class ActionMenu {
  readonly #dialog: HTMLDialogElement;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #actions: readonly RowAction[];
  #row: ActionRow | undefined;

  constructor(actions: readonly RowAction[], run: (action: RowAction, row: ActionRow) => void) {
    this.#actions = actions;
    this.#dialog = addDialog(menuTemplate({ actions, asset }));
    this.#buttons = [...this.#dialog.querySelectorAll<HTMLButtonElement>('[data-action]')];
    for (const [index, button] of this.#buttons.entries()) {
      button.addEventListener('click', () => {
        const [row, action] = [this.#row, actions[index]];
        this.#dialog.close();
        if (row && action) run(action, row);
      });
    }
    this.#dialog.addEventListener('keydown', (event) => this.#move(event));
  }

  /** @param anchor undefined for the sheet */
  open(row: ActionRow, anchor: HTMLElement | undefined): void {
    if (this.#dialog.open) return;
    this.#row = row;
    for (const [index, button] of this.#buttons.entries()) button.hidden = !this.#actions[index]?.isOffered(row);
    this.#dialog.toggleAttribute('data-sheet', anchor === undefined);
    openDialog(this.#dialog);
    placeBeside(this.#dialog, anchor);
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
