import { say } from '../../../shell/say.ts';
import type { RowAction } from '../row-action.ts';

export const versions: RowAction = {
  words: 'Earlier versions',
  icon: 'again',
  place: 'menu',
  isOffered: ({ isEdited }) => isEdited,
  run({ position, may }, { chatId }) {
    const address = `/chat/${chatId}/messages/${position}`;
    import('../../changes/versions-dialog.ts').then(
      ({ openVersions }) => openVersions(address, { mayErase: may('erase_versions') }),
      () => say('The versions could not be loaded. Check the connection.', 'alert'),
    );
  },
};
