/**
 * Closes a dialog at a click beside it, as `closedby="any"` does where browsers know it, also dialogs that come into the page
 * later. The press and its release both have to be there: a selection that begins in the dialog may end beside it.
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

/** The open dialog that the pointer is beside: what lies behind it takes the pointer in its name. */
function dialogBeside({ target, clientX, clientY }: MouseEvent): HTMLDialogElement | undefined {
  if (!(target instanceof HTMLDialogElement) || !target.open) return undefined;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom ? target : undefined;
}
