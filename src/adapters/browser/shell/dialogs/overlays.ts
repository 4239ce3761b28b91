/** The open overlays, which are dialogs and menus; the topmost is the last. */
export const open: HTMLElement[] = [];
/** `history.back()` over the entry of the overlays has been called and has not happened yet. */
let isReturning = false;

/**
 * While an overlay is open, the history has an entry for it: Back closes the topmost overlay, and leaves the page only when
 * there is none. Dialogs are registered by `openDialog`, since some supported browsers send no `toggle` event for them.
 */
export function startOverlays(): void {
  // No overlay is open after a reload.
  if (isOverlayEntry(history.state)) history.back();
  document.addEventListener('close', onClose, { capture: true });
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
  // In some browsers the dialog would close the menu without an event. The dialog takes over its entry in the history.
  for (const menu of open.filter((overlay) => !(overlay instanceof HTMLDialogElement))) {
    hasClosed(menu);
    menu.hidePopover();
  }
  dialog.showModal();
}

/** Shows a page in place of this one; returns false where the browser has to load it. */
let openInPlace = (_address: string): boolean => false;

export function openInPlaceBy(way: typeof openInPlace): void {
  openInPlace = way;
}

/** Goes to another page. It replaces the entry of an open overlay, so that Back leads to this page without the overlay. */
export function goTo(address: string): void {
  if (openInPlace(address)) return;
  if (open.length > 0) location.replace(address);
  else location.assign(address);
}

/** Resolves when the entry of an overlay that has been closed is left. */
export const whenReturned = (): Promise<unknown> | undefined =>
  isReturning ? new Promise((resolve) => addEventListener('popstate', resolve, { once: true })) : undefined;

/** The event comes later than the dialog is closed: it may have been opened again by then. */
function onClose({ target }: Event): void {
  if (target instanceof HTMLDialogElement && !target.open) hasClosed(target);
}

/** Registers menus, which the browser opens. Dialogs are popovers only on pages without script. */
function onPopover({ target, newState }: ToggleEvent): void {
  if (!(target instanceof HTMLElement) || target instanceof HTMLDialogElement) return;
  if (target.popover === null) return;
  if (newState === 'open') hasOpened(target);
  else hasClosed(target);
}

/** Notes whether a pointer or the keys were used last: some browsers draw a focus ring after either when a script moves the focus. */
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

export function close(overlay: HTMLElement | undefined): void {
  if (overlay instanceof HTMLDialogElement) overlay.close();
  else overlay?.hidePopover();
}

export const enter = () => history.pushState({ overlay: true }, '');

export const isOverlayEntry = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'overlay' in state;
