import { part } from './part.ts';
import { selectFromStart } from './select-from-start.ts';

const SAID_FOR_MS = 2_000;

/** A button that copies the field beside it. */
export function startCopy(button: HTMLButtonElement): void {
  const field = part(button.parentElement ?? document, '[data-copy-source]', HTMLInputElement);
  const words = part(button, '.button-text', HTMLElement);
  const before = words.textContent;
  button.addEventListener('click', () => {
    copy(field).then((copied) => {
      words.textContent = copied ? 'Copied' : 'Select and copy';
      setTimeout(() => {
        words.textContent = before;
      }, SAID_FOR_MS);
    }, console.error);
  });
}

/** Browsers have no `navigator.clipboard` on plain-HTTP sites, such as one in a home network. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  selectFromStart(field);
  return (await copyText(field.value)) || document.execCommand('copy');
}

/** Whether it could be copied; plain-HTTP sites may only copy what is selected. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
