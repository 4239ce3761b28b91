/**
 * Closes a dialog at a click beside it, as `closedby="any"` does where browsers know it. The press and its release both
 * have to be there: a selection that begins in the dialog may end beside it.
 */
export function startDismissal(): void {
  for (const dialog of document.querySelectorAll('dialog')) {
    let isPressedBeside = false;
    dialog.addEventListener('pointerdown', (event) => {
      isPressedBeside = isBeside(dialog, event);
    });
    dialog.addEventListener('click', (event) => {
      if (isPressedBeside && isBeside(dialog, event)) dialog.close();
    });
  }
}

/** What lies behind an open dialog takes the pointer in its name. */
function isBeside(dialog: HTMLDialogElement, { target, clientX, clientY }: MouseEvent): boolean {
  if (target !== dialog || !dialog.open) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
