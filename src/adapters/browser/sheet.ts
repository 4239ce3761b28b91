import { hasClosed, hasOpened } from './overlays.ts';

/** A popover that Back closes. */
export function startSheet(sheet: HTMLElement): void {
  const overlay = { close: () => sheet.hidePopover() };
  sheet.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open') hasOpened(overlay);
    else hasClosed(overlay);
  });
}
