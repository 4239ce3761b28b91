import { singleKeyOf } from '../../shell/shortcuts.ts';
import { Changes } from '../changes/changes.ts';
import { ActionBar } from './action-bar.ts';
import { ActionMenu } from './action-menu.ts';
import { actionRow } from './action-row.ts';
import { ACTIONS } from './actions.ts';
import { versions } from './entries/versions.ts';
import { LongPress } from './long-press.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import type { ActionChat, ActionRow, PageChat, RowAction } from './row-action.ts';
import { storedRowAt } from './stored-rows.ts';
import { SwipeToReply } from './swipe-to-reply.ts';

/** Offers the actions on messages: by a bar at the row with the pointer or the focus, by a menu, by a long press and by keys. */
export class RowActions {
  readonly #chat: ActionChat;
  readonly #bar: ActionBar;
  readonly #menu: ActionMenu;
  readonly #press: LongPress;
  readonly #swipe: SwipeToReply;
  #pointer = { x: 0, y: 0 };

  constructor(page: PageChat) {
    const chat: ActionChat = { ...page, changes: new Changes(page) };
    this.#chat = chat;
    const run = (action: RowAction, row: ActionRow) => action.run(row, chat);
    const { signal } = page;
    this.#menu = new ActionMenu(ACTIONS, {
      signal,
      run,
      react: ({ position }, emoji) =>
        chat.reactions.set({ position, emoji, on: !chat.reactions.isOwn(position, emoji) }),
    });
    this.#bar = new ActionBar(ACTIONS, { run, more: (row, button) => this.#menu.open(row, button) });
    this.#press = new LongPress(chat.rows, (element) => this.openMenu(element, undefined), signal);
    this.#swipe = new SwipeToReply(chat.rows, (element) => this.#reply(element));
    chat.rows.addEventListener('pointerleave', () => this.#bar.release());
    chat.rows.addEventListener('focusout', () => this.#bar.release());
    chat.rows.addEventListener('keydown', (event) => moveBetweenRows(event, chat.rows));
    // Before the shortcuts of the page, which has another use for some of these keys.
    document.addEventListener('keydown', (event) => this.#actByKey(event), { capture: true, signal });
  }

  /** The pointer or the focus has come to a row. */
  approached(event: Event): void {
    const { target, type } = event;
    if (event instanceof PointerEvent && event.pointerType === 'touch') {
      if (type === 'pointerdown') {
        this.#press.begin(event);
        this.#swipe.begin(event);
      }
      return;
    }
    const isByFocus = type === 'focusin';
    if (event instanceof PointerEvent && !this.#hasMoved(event) && this.#bar.hasFocus) return;
    if (isByFocus && !(target instanceof Element && target.matches(':focus-visible'))) return;
    const row = this.#rowAt(target);
    if (row) this.#bar.show(row);
  }

  /** @param anchor the element beside which the menu opens; undefined for the sheet of touch screens */
  openMenu(element: HTMLElement, anchor: HTMLElement | undefined): void {
    const row = this.#rowAt(element);
    if (row) this.#menu.open(row, anchor);
  }

  /** The pointer also comes to a row that is scrolled under it. */
  #hasMoved({ clientX: x, clientY: y }: PointerEvent): boolean {
    const hasMoved = x !== this.#pointer.x || y !== this.#pointer.y;
    this.#pointer = { x, y };
    return hasMoved;
  }

  openVersions(element: HTMLElement): void {
    const row = this.#rowAt(element);
    if (row) versions.run(row, this.#chat);
  }

  /** Edits a message, unless the reader has begun to write meanwhile. */
  edit(element: HTMLElement, isStillWanted: () => boolean): void {
    const row = this.#rowAt(element);
    if (row?.may('edit') && isStillWanted()) this.#chat.changes.edit(row);
  }

  #reply(element: HTMLElement): void {
    const row = this.#rowAt(element);
    if (row) this.#chat.composer.reply(row.position, '');
  }

  #actByKey(event: KeyboardEvent): void {
    const key = singleKeyOf(event);
    const row = key === undefined ? undefined : this.#keyedRow();
    if (!row) return;
    const action = ACTIONS.find((one) => one.key === key && one.isOffered(row));
    if (!action) return;
    event.preventDefault();
    action.run(row, this.#chat);
  }

  /** The row that keys are about: that with the focus, else that with selected words, else that with the pointer. */
  #keyedRow(): ActionRow | undefined {
    const selection = getSelection();
    const selected = selection?.isCollapsed === false ? selection.anchorNode?.parentElement : undefined;
    return this.#rowAt(document.activeElement) ?? this.#rowAt(selected ?? null) ?? this.#bar.row;
  }

  #rowAt(target: EventTarget | null): ActionRow | undefined {
    const row = storedRowAt(target);
    return this.#chat.rows.contains(row ?? null) ? actionRow(row, this.#chat.reader) : undefined;
  }
}
