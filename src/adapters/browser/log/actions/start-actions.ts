import { part } from '../../shell/part.ts';
import { say } from '../../shell/say.ts';
import { privateStorage } from '../../storage/private-storage.ts';
import { restorableUntil } from '../changes/own-deletion.ts';
import type { PageChat } from './page-chat.ts';
import type { RowActions } from './row-actions.ts';
import { lastRow, storedRowAt } from './stored-rows.ts';

/** Events by which the reader may be about to act on a message. */
const APPROACHES = ['pointerover', 'pointerdown', 'focusin'] as const;

/** The link of a row to the page of its message. */
const MORE = '.bubble > a';
/** The links whose pages are shown in the page of the chat. */
const LINKS = `${MORE}, .message-edited a`;

/** Offers the actions on messages. Their code is loaded when the reader first points at a message or moves the focus to one. */
export function startActions(chat: PageChat): { readonly editLast: () => boolean } {
  const { rows, chatId, viewer } = chat;
  let loading: Promise<RowActions> | undefined;
  const load = (): Promise<RowActions> => {
    loading ??= import('./row-actions.ts').then(({ RowActions }) => new RowActions(chat));
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  for (const type of APPROACHES) {
    rows.addEventListener(type, (event) => {
      // Where the script cannot be loaded, the next approach tries again.
      if (storedRowAt(event.target)) load().then((actions) => actions.approached(event), ignore);
    });
  }
  rows.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(LINKS) : null;
    const row = storedRowAt(link);
    if (!link || !row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load().then(
      (actions) => (link.matches(MORE) ? actions.openMenu(row, link) : actions.openVersions(row)),
      () => location.assign(link.href),
    );
  });
  forEachRow(rows, (row) => {
    withoutTabStops(row);
    if (restorableUntil(row, viewer.id) !== undefined) load().catch(ignore);
  });
  keepTabStop(rows);
  // Changes of an earlier visit wait to be sent, an edit is in progress, or a deletion can still be undone.
  const isUnfinished = ['change', 'edit', 'undo'].some(
    (kind) => privateStorage.names(`${kind}:${viewer.id}:${chatId}:`).length > 0,
  );
  if (isUnfinished) load().catch(ignore);
  return { editLast: () => editLast(rows, load) };
}

/** Calls with each child, now and when it is added. */
function forEachRow(rows: HTMLElement, take: (row: HTMLElement) => void): void {
  for (const row of rows.children) if (row instanceof HTMLElement) take(row);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const added of addedNodes) if (added instanceof HTMLElement) take(added);
    }
  }).observe(rows, { childList: true });
}

/** Edits the reader's last message; returns false where none is shown. An earlier one is not meant while the last is being sent. */
function editLast(rows: HTMLElement, load: () => Promise<RowActions>): boolean {
  const last = [...rows.querySelectorAll<HTMLElement>('.own:not(.deleted)')].at(-1);
  const box = part(document, '[data-composer] textarea', HTMLTextAreaElement);
  if (last?.dataset.state) say('Your last message is not sent yet.');
  else if (last) load().then((actions) => actions.edit(last, () => box.value === ''), sayNotLoaded);
  return last !== undefined;
}

/** The links to the pages of the messages stay for assistive technology; for keys there is the bar. */
function withoutTabStops(root: HTMLElement): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>(MORE)) link.tabIndex = -1;
}

/** The last row can be reached by Tab. From there, arrows lead to the others. */
function keepTabStop(rows: HTMLElement): void {
  let stop: HTMLElement | undefined;
  const renew = () => {
    const last = lastRow(rows);
    if (last === stop) return;
    if (stop) stop.tabIndex = -1;
    if (last) last.tabIndex = 0;
    stop = last;
  };
  new MutationObserver(renew).observe(rows, { childList: true });
  renew();
}

const ignore = () => {};

const sayNotLoaded = () => say('This could not be loaded. Check the connection, or load the page again.', 'alert');
