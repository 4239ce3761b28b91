import { isForNewTab } from '../is-for-new-tab.ts';
import { whenReturned } from './overlays.ts';

/**
 * Links in a dialog that lead to messages of the page behind it are followed once it is closed: the entry that the history had for the
 * dialog is left by going back, which would undo the way to the message.
 */
export function followOut(dialog: HTMLDialogElement): void {
  dialog.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href*="/at/"]') : null;
    if (!link || !dialog.open || isForNewTab(event)) return;
    event.preventDefault();
    dialog.addEventListener('close', () => void Promise.resolve(whenReturned()).then(() => link.click()), {
      once: true,
    });
    dialog.close();
  });
}
