import { part } from './part.ts';

/** A button that hands the link beside it to another app, where the system can do that. */
export function startShare(button: HTMLButtonElement): void {
  // Browsers have it on secure sites only, and some not at all.
  const browser: { readonly share?: (data: ShareData) => Promise<void> } = navigator;
  if (!browser.share) return;
  const field = part(button.parentElement ?? document, '[data-copy-source]', HTMLInputElement);
  button.hidden = false;
  button.addEventListener('click', () => {
    const title = document.querySelector('main h1')?.textContent ?? document.title;
    // Whoever closes the system's sheet has changed their mind: that is no failure to speak of.
    navigator.share({ title, url: field.value }).catch(() => undefined);
  });
}
