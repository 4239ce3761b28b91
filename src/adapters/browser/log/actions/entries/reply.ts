import type { RowAction } from '../row-action.ts';

export const reply: RowAction = {
  words: 'Reply',
  icon: 'reply',
  key: 'r',
  place: 'bar',
  isOffered: () => true,
  run({ element, position }, chat) {
    chat.composer.reply(position, selectedIn(element));
  },
};

/** The words of the message that the reader has selected. */
function selectedIn(row: HTMLElement): string {
  const selection = getSelection();
  const text = row.querySelector('.message-text');
  if (!selection || selection.isCollapsed || !text) return '';
  const isWithin = text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  return isWithin ? selection.toString() : '';
}
