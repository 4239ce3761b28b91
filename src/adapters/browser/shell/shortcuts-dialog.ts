import shortcutsTemplate from '../../../../templates/partials/shortcuts.eta';
import { addDialog } from '../templates/message-html.ts';
import { openDialog } from './dialogs/overlays.ts';
import { part } from './part.ts';
import { singleKeys } from './single-keys.ts';

/** Makes the dialog that lists the keyboard shortcuts; returns how to open it. */
export function shortcutsDialog(): () => void {
  const dialog = addDialog(shortcutsTemplate({}));
  const box = part(dialog, '[data-single-keys]', HTMLInputElement);
  box.checked = singleKeys.areOn();
  box.addEventListener('change', () => singleKeys.turn(box.checked ? 'on' : 'off'));
  return () => openDialog(dialog);
}
