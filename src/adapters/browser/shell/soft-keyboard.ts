/** Less than this is an address bar that comes and goes. */
const KEYBOARD_PX = 120;

/**
 * Where a soft keyboard covers the page instead of making it smaller, as on iOS, the page is told how much of it shows, so
 * that what is written into stays above.
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
