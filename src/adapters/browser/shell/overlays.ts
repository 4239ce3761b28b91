/** What lies over the page now, dialogs and the sheet of chats, the topmost last. */
const open: HTMLElement[] = [];
/** The history is on its way back over the overlays' entry. */
let isReturning = false;

/**
 * While anything lies over the page, the history has an entry for it: Back closes what lies on top, and leaves the page
 * only when nothing does. Dialogs are entered here when they open, and not at their `toggle` event, which some browsers
 * never send.
 */
export function startOverlays(): void {
  // After a reload nothing lies over the page.
  if (isOverlayEntry(history.state)) history.back();
  document.addEventListener('close', ({ target }) => target instanceof HTMLDialogElement && hasClosed(target), {
    capture: true,
  });
  notePointer();
  document.addEventListener('beforetoggle', onPopover, { capture: true });
  addEventListener('popstate', () => {
    const wasReturning = isReturning;
    isReturning = false;
    if (!wasReturning) close(open.pop());
    if (open.length > 0 && !isOverlayEntry(history.state)) enter();
  });
  document.addEventListener('click', (event) => {
    if (open.length === 0 || event.defaultPrevented || event.button !== 0) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.origin !== location.origin) return;
    event.preventDefault();
    goTo(link.href);
  });
}

export function openDialog(dialog: HTMLDialogElement): void {
  hasOpened(dialog);
  // The dialog would close the sheet without an event in some browsers. Its entry in the history becomes the dialog's.
  for (const sheet of open.filter((overlay) => !(overlay instanceof HTMLDialogElement))) {
    hasClosed(sheet);
    sheet.hidePopover();
  }
  dialog.showModal();
}

/** Goes to another page, which takes the place of what lies over this one: Back leads to this page as it was before. */
export function goTo(address: string): void {
  if (open.length > 0) location.replace(address);
  else location.assign(address);
}

/** The sheet of chats opens and closes by itself. A dialog that is a popover too, for pages without script, does not. */
function onPopover({ target, newState }: ToggleEvent): void {
  if (!(target instanceof HTMLElement) || target instanceof HTMLDialogElement) return;
  if (target.popover === null) return;
  if (newState === 'open') hasOpened(target);
  else hasClosed(target);
}

/** Whether a pointer or the keys were used last. Some browsers ring what a script gives the focus to after either. */
function notePointer(): void {
  const { dataset } = document.documentElement;
  const note = ({ type }: Event) => {
    if (type === 'keydown') delete dataset.pointer;
    else dataset.pointer = '';
  };
  for (const type of ['keydown', 'pointerdown']) document.addEventListener(type, note, { capture: true });
}

function hasOpened(overlay: HTMLElement): void {
  if (open.includes(overlay)) return;
  open.push(overlay);
  if (open.length === 1 && !isReturning) enter();
}

function hasClosed(overlay: HTMLElement): void {
  const index = open.indexOf(overlay);
  if (index < 0) return;
  open.splice(index, 1);
  if (open.length > 0 || isReturning) return;
  isReturning = true;
  history.back();
}

function close(overlay: HTMLElement | undefined): void {
  if (overlay instanceof HTMLDialogElement) overlay.close();
  else overlay?.hidePopover();
}

const enter = () => history.pushState({ overlay: true }, '');

const isOverlayEntry = (state: unknown): boolean => typeof state === 'object' && state !== null && 'overlay' in state;
