/** What lies over the page now and can be closed, the topmost last. */
const open: Overlay[] = [];
/** The history is going back over the overlays' entry. */
let isReturning = false;

export interface Overlay {
  close(): void;
}

/**
 * While anything lies over the page, the history has an entry for that, so that Back closes what lies on top, and leaves the
 * page only when nothing does.
 */
export function hasOpened(overlay: Overlay): void {
  if (open.includes(overlay)) return;
  open.push(overlay);
  if (open.length === 1 && !isReturning) enter();
}

export function hasClosed(overlay: Overlay): void {
  const index = open.indexOf(overlay);
  if (index < 0) return;
  open.splice(index, 1);
  if (open.length > 0 || isReturning) return;
  isReturning = true;
  history.back();
}

/** Goes to another page, which takes the place of what lies over this one: Back leads to this page as it was before. */
export function goTo(address: string): void {
  if (open.length > 0) location.replace(address);
  else location.assign(address);
}

export function startOverlays(): void {
  // A page that was loaded again lies open no more.
  if (isOverlayEntry(history.state)) history.back();
  addEventListener('popstate', () => {
    const wasReturning = isReturning;
    isReturning = false;
    if (!wasReturning) open.pop()?.close();
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

const enter = () => history.pushState({ overlay: true }, '');

const isOverlayEntry = (state: unknown): boolean => typeof state === 'object' && state !== null && 'overlay' in state;
