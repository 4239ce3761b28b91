import { hasClosed, hasOpened } from './overlays.ts';

/** Makes a dialog modal which its buttons open as a popover where there is no script. */
export function startModal(dialog: HTMLDialogElement): void {
  closeOnBack(dialog);
  for (const button of document.querySelectorAll<HTMLButtonElement>(`[popovertarget="${dialog.id}"]`)) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      if (button.popoverTargetAction === 'hide') dialog.close();
      else showModal(dialog);
    });
  }
}

/** For a dialog that is opened by `showModal` of this module: Back closes it, and so does a click beside it. */
export function closeOnBack(dialog: HTMLDialogElement): void {
  dialog.addEventListener('close', () => hasClosed(overlayOf(dialog)));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog && isBeside(event, dialog)) dialog.close();
  });
}

export function showModal(dialog: HTMLDialogElement): void {
  dialog.showModal();
  hasOpened(overlayOf(dialog));
}

const overlays = new WeakMap<HTMLDialogElement, { close(): void }>();

function overlayOf(dialog: HTMLDialogElement) {
  const known = overlays.get(dialog) ?? { close: () => dialog.close() };
  overlays.set(dialog, known);
  return known;
}

function isBeside({ clientX, clientY }: MouseEvent, dialog: HTMLDialogElement): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
