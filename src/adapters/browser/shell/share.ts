import { part } from './part.ts';

/** Makes a button share the link beside it by the system's dialog, where there is one. */
export function startShare(button: HTMLButtonElement): void {
  // Missing on plain-HTTP sites, and in some browsers.
  const browser: { readonly share?: (data: ShareData) => Promise<void> } = navigator;
  if (!browser.share) return;
  const field = part(button.parentElement ?? document, '[data-copy-source]', HTMLInputElement);
  button.hidden = false;
  button.addEventListener('click', () => {
    const title = document.querySelector('main h1')?.textContent ?? document.title;
    // Closing the dialog rejects too, and is not a failure.
    navigator.share({ title, url: field.value }).catch(() => undefined);
  });
}
