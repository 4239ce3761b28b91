import { part } from './part.ts';
import { selectFromStart } from './select-from-start.ts';

const SAID_FOR_MS = 2_000;
const FAILED = 'Select and copy';

/** A button that copies the field beside it. */
export function startCopy(button: HTMLButtonElement): void {
  const field = part(button.parentElement ?? document, '[data-copy-source]', HTMLInputElement);
  const words = part(button, '.button-text', HTMLElement);
  button.addEventListener('click', () => {
    void copyAndSay(words, { text: field.value, select: () => selectFromStart(field) });
  });
}

export interface Copied {
  readonly text: string;
  /** Selects the text where it stands. */
  readonly select: () => void;
}

/** Copies, and shows for a moment in place of the words whether that succeeded. */
export async function copyAndSay(words: HTMLElement, copied: Copied): Promise<void> {
  const before = words.dataset.before ?? words.textContent;
  words.dataset.before = before;
  words.textContent = (await copy(copied)) ? 'Copied' : FAILED;
  setTimeout(() => {
    words.textContent = before;
  }, SAID_FOR_MS);
}

/** Plain-HTTP sites, such as one in a home network, have no `navigator.clipboard`: there the selection is copied. */
async function copy({ text, select }: Copied): Promise<boolean> {
  select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
