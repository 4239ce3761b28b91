/** Replaces a row by a later state of it. The bar of actions stays with the message, and so does the focus. */
export function replaceRow(shown: HTMLElement, row: HTMLElement): void {
  const bar = shown.querySelector(':scope > .action-bar');
  const focused = document.activeElement;
  const hadFocus = focused instanceof HTMLElement && shown.contains(focused);
  const tabIndex = shown.getAttribute('tabindex');
  if (tabIndex !== null) row.setAttribute('tabindex', tabIndex);
  else if (hadFocus) row.tabIndex = -1;
  shown.replaceWith(row);
  if (bar && !row.matches('.deleted')) row.append(bar);
  if (hadFocus) (focused.isConnected ? focused : row).focus({ preventScroll: true });
}
