import { isSummary } from '../../../connection/wire-decoding.ts';
import { requestJson, sentenceOf } from '../../../shell/api.ts';
import { say } from '../../../shell/say.ts';
import type { RowAction } from '../row-action.ts';

/** By a request, which passes where sockets cannot. The reader's devices hear of it from the server. */
export const markUnread: RowAction = {
  words: 'Mark unread from here',
  icon: 'unread',
  key: 'u',
  place: 'menu',
  isOffered: () => true,
  run({ position }, { chatId, markedUnread }) {
    const headers = { 'content-type': 'application/json' };
    requestJson(`/chat/${chatId}/unread`, { method: 'PUT', headers, body: JSON.stringify({ position }) }).then(
      (summary) => {
        if (isSummary(summary)) markedUnread(summary);
        say('Marked as unread');
      },
      (error: unknown) => say(sentenceOf(error), 'alert'),
    );
  },
};
