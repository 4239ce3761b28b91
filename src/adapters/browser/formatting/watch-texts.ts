import { isForNewTab } from '../shell/is-for-new-tab.ts';
import { onDemand } from '../shell/on-demand.ts';

/** Loads what the texts of messages need beyond being read, when it is needed: controls, images, colours of code, and copying rows. */
export function watchTexts(rows: HTMLElement, signal: AbortSignal): void {
  watchControls(rows);
  watchCode(rows, signal);
  watchSelection(rows, signal);
}

const CONTROLS = '.text-more, .code-copy, .file-image';

function watchControls(rows: HTMLElement): void {
  let used: Element;
  const use = onDemand(
    () => import('./text-controls.ts'),
    ({ useControl }) =>
      () =>
        useControl(used),
  );
  const useIfControl = (control: Element | null | undefined) => {
    if (!control) return;
    used = control;
    use();
  };
  rows.addEventListener('click', (event) => {
    const control = event.target instanceof Element && event.target.closest(CONTROLS);
    if (!control || isForNewTab(event)) return;
    event.preventDefault();
    useIfControl(control);
  });
  // What the focus is in, by keys or by a search, is unfolded.
  rows.addEventListener('focusin', ({ target }) => target instanceof Element && useIfControl(foldAround(target)));
  // Checkboxes react to Space only.
  rows.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' && target instanceof HTMLInputElement && target.matches('.spoiler > *')) target.click();
  });
}

const foldAround = (element: Element): Element | null | undefined =>
  element.closest('.message-text')?.parentElement?.querySelector(':scope > .text-more[aria-expanded="false"]');

/** Colours code that names its language when it is first seen. */
function watchCode(rows: HTMLElement, signal: AbortSignal): void {
  const observer = new IntersectionObserver((entries) => {
    const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    if (seen.length === 0) return;
    for (const code of seen) observer.unobserve(code);
    import('./code/colour-code.ts').then(({ colourCode }) => seen.forEach(colourCode), leaveAsItIs);
  });
  const observeIn = (parent: Element) => {
    for (const code of parent.querySelectorAll('code[data-language]')) observer.observe(code);
  };
  observeIn(rows);
  signal.addEventListener('abort', () => observer.disconnect());
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) observeIn(node);
  }).observe(rows, { childList: true, subtree: true });
}

/** Several messages are copied as they were written. */
function watchSelection(rows: HTMLElement, signal: AbortSignal): void {
  const load = () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.containsNode(rows, true)) return;
    document.removeEventListener('selectionchange', load);
    import('./copied-rows.ts').then(({ copyRows }) => copyRows(rows, signal), leaveAsItIs);
  };
  document.addEventListener('selectionchange', load, { signal });
}

/** Without a network, code is not coloured, and what is shown is copied. */
const leaveAsItIs = () => {};
