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

/** Says for a moment, in place of the words, whether it could be copied. */
export async function copyAndSay(words: HTMLElement, copied: Copied): Promise<void> {
  const before = words.dataset.before ?? words.textContent;
  words.dataset.before = before;
  words.textContent = (await copy(copied)) ? 'Copied' : FAILED;
  setTimeout(() => {
    words.textContent = before;
  }, SAID_FOR_MS);
}

/** Browsers have no `navigator.clipboard` on plain-HTTP sites, such as one in a home network: there they copy what is selected. */
async function copy({ text, select }: Copied): Promise<boolean> {
  select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
