import { NO_DETAILS, type WireMessage } from '../../../wire/message.ts';
import { part } from '../../shell/part.ts';
import { messageElement } from '../../templates/message-html.ts';
import type { PendingChange } from './pending-changes.ts';

export interface ChangedRowsOptions {
  readonly chatId: number;
  readonly viewer: { readonly id: number };
  /** The parent of the rows. */
  readonly rows: HTMLElement;
  /** The change that the row waits for, if any. */
  readonly changeOf: (position: number) => PendingChange | undefined;
  /** What to add to the row of a deleted message. */
  readonly undoOf: (position: number, row: HTMLElement) => HTMLElement | undefined;
  /** What to add to the row of a message whose change failed. */
  readonly failureOf: (change: PendingChange) => HTMLElement;
}

/** Shows messages as they will be. Rows that come into the log later, as when the reader pages through it, are changed as well. */
export class ChangedRows {
  readonly #options: ChangedRowsOptions;
  /** How to show each changed row as it was. */
  readonly #reverts = new WeakMap<HTMLElement, () => void>();

  constructor(options: ChangedRowsOptions) {
    this.#options = options;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const row of addedNodes) if (row instanceof HTMLElement && row.matches(STORED)) this.#dress(row);
      }
    }).observe(options.rows, { childList: true });
    for (const row of options.rows.querySelectorAll<HTMLElement>(STORED)) this.#dress(row);
  }

  /** Must be called when the change of a message has changed. */
  renew(position: number): void {
    const row = this.#options.rows.querySelector<HTMLElement>(`${STORED}[data-position="${position}"]`);
    if (row) this.#dress(row);
  }

  #dress(row: HTMLElement): void {
    const { changeOf, undoOf, failureOf } = this.#options;
    const position = Number(row.dataset.position);
    const hadFocus = row.contains(document.activeElement);
    this.#reverts.get(row)?.();
    this.#reverts.delete(row);
    for (const added of row.querySelectorAll('[data-of-change]')) added.remove();
    const change = changeOf(position);
    if (change?.failure) addTo(row, failureOf(change));
    else if (change && change.kind !== 'restore') this.#reverts.set(row, this.#cover(row, change));
    if (row.matches('.deleted')) addTo(part(row, '.bubble', HTMLElement), undoOf(position, row));
    if (!hadFocus || row.contains(document.activeElement)) return;
    if (!row.hasAttribute('tabindex')) row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }

  /** The element stays, since the log knows it. Returns how to take the cover away. */
  #cover(row: HTMLElement, change: PendingChange): () => void {
    row.dataset.change = 'pending';
    const uncover = change.kind === 'delete' ? this.#hideText(row) : this.#showText(row, change.text);
    return () => {
      delete row.dataset.change;
      uncover();
    };
  }

  #hideText(row: HTMLElement): () => void {
    // Stored already, which the page that sent it did not hear.
    if (row.matches('.deleted')) return () => undefined;
    const tombstone = this.#render(row, { kind: 'deleted' });
    row.querySelector('.action-bar')?.remove();
    const shown = [...row.childNodes];
    row.replaceChildren(...tombstone.childNodes);
    row.classList.add('deleted');
    return () => {
      row.classList.remove('deleted');
      row.replaceChildren(...shown);
    };
  }

  #showText(row: HTMLElement, text: string): () => void {
    const shown = part(row, '.message-text', HTMLElement);
    const changed = part(this.#render(row, { text }), '.message-text', HTMLElement);
    shown.replaceWith(changed);
    // The text may have been formatted, and so replaced, meanwhile.
    return () => part(row, '.message-text', HTMLElement).replaceWith(shown);
  }

  #render(row: HTMLElement, changes: Partial<WireMessage>): HTMLElement {
    return messageElement({ ...this.#messageOf(row), ...changes }, this.#options.viewer);
  }

  #messageOf(row: HTMLElement): WireMessage {
    const position = Number(row.dataset.position);
    const username = row.querySelector('.message-author')?.textContent ?? '';
    return {
      id: 0,
      chat_id: this.#options.chatId,
      position,
      revision: position,
      client_id: row.dataset.clientId ?? null,
      kind: 'text',
      author: { id: Number(row.dataset.authorId), username },
      text: '',
      sent_at: row.querySelector('time')?.dateTime ?? '',
      ...NO_DETAILS,
      edited_at: new Date().toISOString(),
    };
  }
}

/** Rows of stored messages. */
const STORED = 'article:not([data-state])';

function addTo(element: HTMLElement, added: HTMLElement | undefined): void {
  if (!added) return;
  added.dataset.ofChange = '';
  element.append(added);
}
