import { openDialog } from './overlays.ts';

/** Opens a dialog as a modal one. Without script its buttons open it as a popover. */
export function startModal(dialog: HTMLDialogElement): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(`[popovertarget="${dialog.id}"]`)) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      if (button.popoverTargetAction === 'hide') dialog.close();
      else openDialog(dialog);
    });
  }
}
