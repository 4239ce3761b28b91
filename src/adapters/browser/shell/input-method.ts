import { isComposing } from '../composer/enter-key.ts';

/**
 * Keeps the keys of an input method from every handler of the page: Enter takes a candidate and sends nothing, arrows choose
 * among candidates, Escape drops one and closes no dialog. It must start before the parts that listen for keys.
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
