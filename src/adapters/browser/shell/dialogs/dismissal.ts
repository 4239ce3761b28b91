/**
 * Closes a dialog at a click beside it, as `closedby="any"` does in younger browsers, for all present and future dialogs. Both
 * the press and the release must be beside it: a selection that begins in the dialog may end outside.
 */
export function startDismissal(): void {
  let pressed: HTMLDialogElement | undefined;
  document.addEventListener('pointerdown', (event) => {
    pressed = dialogBeside(event);
  });
  document.addEventListener('click', (event) => {
    const dialog = dialogBeside(event);
    if (dialog && dialog === pressed) dialog.close();
  });
}

/** The open dialog beside which the pointer is: events on its backdrop have the dialog as their target. */
function dialogBeside({ target, clientX, clientY }: MouseEvent): HTMLDialogElement | undefined {
  if (!(target instanceof HTMLDialogElement) || !target.open) return undefined;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom ? target : undefined;
}
