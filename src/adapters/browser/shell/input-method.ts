import { isComposing } from '../composer/enter-key.ts';

/**
 * Hides the keys that an input method consumes from all handlers of the page: Enter accepts a candidate and must not send,
 * arrows choose a candidate, Escape must not close a dialog. Must be called before other parts listen for keys.
 */
export function withholdComposedKeys(): void {
  addEventListener(
    'keydown',
    (event) => {
      if (!isComposing(event)) return;
      event.stopImmediatePropagation();
      // Browsers close the topmost dialog at an Escape that is not prevented.
      if (event.key === 'Escape') event.preventDefault();
    },
    { capture: true },
  );
}
