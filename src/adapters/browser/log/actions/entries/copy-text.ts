import { copyToClipboard } from '../copy-to-clipboard.ts';
import type { RowAction } from '../row-action.ts';

export const copyText: RowAction = {
  words: 'Copy text',
  icon: 'copy',
  place: 'menu',
  isOffered: () => true,
  run({ source }) {
    void copyToClipboard(source, 'Text copied');
  },
};
