/** What lies over the page now, dialogs and popovers, the topmost last. */
const open: HTMLElement[] = [];
/** The history is on its way back over the overlays' entry. */
let isReturning = false;

/**
 * While anything lies over the page, the history has an entry for that, so that Back closes what lies on top, and leaves the
 * page only when nothing does.
 */
export function startOverlays(): void {
  // A page that was loaded anew lies open no more.
  if (isOverlayEntry(history.state)) history.back();
  document.addEventListener(
    'toggle',
    ({ target, newState }) => {
      if (!isOverlay(target)) return;
      if (newState === 'open') hasOpened(target);
      else hasClosed(target);
    },
    { capture: true },
  );
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

/** Goes to another page, which takes the place of what lies over this one: Back leads to this page as it was before. */
export function goTo(address: string): void {
  if (open.length > 0) location.replace(address);
  else location.assign(address);
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
  if (overlay instanceof HTMLDialogElement && overlay.open) overlay.close();
  else overlay?.hidePopover();
}

const isOverlay = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && (target instanceof HTMLDialogElement || target.popover !== null);

const enter = () => history.pushState({ overlay: true }, '');

const isOverlayEntry = (state: unknown): boolean => typeof state === 'object' && state !== null && 'overlay' in state;
