import { part } from '../../shell/part.ts';

/**
 * Loads completion at the first change of the text, so that it is ready before the first `@` or `:`. Where it cannot be
 * loaded, words are typed whole, and the next sign tries again.
 */
export function startCompletion(main: HTMLElement, signal: AbortSignal): void {
  const box = part(main, 'textarea', HTMLTextAreaElement);
  let hasFailed = false;
  const load = (event: Event) => {
    const { data, isComposing } = event instanceof InputEvent ? event : { data: null, isComposing: false };
    if (hasFailed && !/[@:]/.test(data ?? '')) return;
    box.removeEventListener('input', load);
    import('./completion.ts').then(
      ({ Completion }) => {
        const completion = new Completion(main, signal);
        if (!isComposing) completion.look();
      },
      () => {
        hasFailed = true;
        box.addEventListener('input', load);
      },
    );
  };
  box.addEventListener('input', load);
}
