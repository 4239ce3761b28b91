/** A smaller change of the height is that of the address bar. */
const KEYBOARD_PX = 120;

/**
 * Shrinks the page where the soft keyboard covers it instead of resizing it, as on iOS, so that the box stays above the
 * keyboard.
 */
export function followSoftKeyboard(): void {
  const { visualViewport, document } = window;
  if (!visualViewport) return;
  visualViewport.addEventListener('resize', () => {
    const { height, scale } = visualViewport;
    const isCovered = scale === 1 && innerHeight - height > KEYBOARD_PX;
    const { style } = document.documentElement;
    if (isCovered) style.setProperty('--page', `${Math.round(height)}px`);
    else style.removeProperty('--page');
    if (isCovered) scrollTo(0, 0);
  });
}
