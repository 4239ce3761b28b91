import { openDialog } from './overlays.ts';

/** Makes a dialog modal which its buttons open as a popover where there is no script. */
export function startModal(dialog: HTMLDialogElement): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(`[popovertarget="${dialog.id}"]`)) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      if (button.popoverTargetAction === 'hide') dialog.close();
      else openDialog(dialog);
    });
  }
}
