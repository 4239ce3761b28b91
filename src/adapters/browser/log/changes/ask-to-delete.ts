import askTemplate from '../../../../../templates/partials/ask-to-delete.eta';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { addDialog } from '../../templates/message-html.ts';

/** Resolves with whether the reader wants to delete what another person wrote. */
export function askToDelete(author: string): Promise<boolean> {
  const dialog = addDialog(askTemplate({ author }));
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'delete');
    });
    openDialog(dialog);
  });
}
