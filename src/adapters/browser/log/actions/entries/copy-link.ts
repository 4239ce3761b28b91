import { copyToClipboard } from '../copy-to-clipboard.ts';
import type { RowAction } from '../row-action.ts';

export const copyLink: RowAction = {
  words: 'Copy link',
  icon: 'link',
  key: 'c',
  place: 'menu',
  isOffered: () => true,
  run({ position }, { chatId }) {
    void copyToClipboard(new URL(`/chat/${chatId}/at/${position}`, location.href).href, 'Link copied');
  },
};
