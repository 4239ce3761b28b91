import conflictTemplate from '../../../../../templates/partials/conflict.eta';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { part } from '../../shell/part.ts';
import { addDialog } from '../../templates/message-html.ts';
import type { PendingChange } from './pending-changes.ts';

export interface ConflictChoices {
  /** @param base the revision of the message that the reader has seen */
  save(change: PendingChange, text: string, base: number): void;
  discard(change: PendingChange): void;
}

/** Shows both texts when an edit was refused, and asks which one is to stay; returns how to open it. */
export function conflictDialog(choices: ConflictChoices): (change: PendingChange) => void {
  return (change) => {
    if (document.querySelector('[data-conflict]')) return;
    const { why, current } = change.failure ?? { why: '' };
    const dialog = addDialog(conflictTemplate({ why, current: current?.text, text: change.text }));
    dialog.addEventListener('close', () => {
      dialog.remove();
      // Closed in another way, the question stays open: the row still offers it.
      if (dialog.returnValue === 'discard') choices.discard(change);
      const { value } = part(dialog, 'textarea', HTMLTextAreaElement);
      if (dialog.returnValue === 'save' && current) choices.save(change, value, current.revision);
    });
    openDialog(dialog);
  };
}
