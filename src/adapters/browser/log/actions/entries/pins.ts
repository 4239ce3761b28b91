import { requestJson, sentenceOf } from '../../../shell/api.ts';
import { say } from '../../../shell/say.ts';
import type { ActionRow, RowAction } from '../row-action.ts';

const isPinned = ({ element }: ActionRow): boolean => element.querySelector('.message-pin') !== null;

/** Both end with the message as the server has it, which comes as a frame. */
const request = (chatId: number, position: number, method: 'PUT' | 'DELETE'): void => {
  requestJson(`/chat/${chatId}/pins/${position}`, { method }).catch((error: unknown) => say(sentenceOf(error)));
};

export const pin: RowAction = {
  words: 'Pin',
  icon: 'pin',
  place: 'menu',
  isOffered: (row) => !isPinned(row),
  run: ({ position }, { chatId }) => request(chatId, position, 'PUT'),
};

export const unpin: RowAction = {
  words: 'Unpin',
  icon: 'pin',
  place: 'menu',
  isOffered: isPinned,
  run: ({ position }, { chatId }) => request(chatId, position, 'DELETE'),
};
