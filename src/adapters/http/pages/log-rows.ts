import { emojiOf } from '../../../domain/messages/text/emoji-of.ts';
import { formatter } from '../../wire/formatted-text.ts';
import { continues, type Utterance } from '../../wire/grouping.ts';
import type { WireMessage } from '../../wire/message.ts';
import { messageRow } from '../../wire/message-row.ts';
import type { Templates } from './templates.ts';

/** Renders messages with a heading for each day. The server knows only UTC; the client corrects the days. */
export function logRows({ partial }: Templates): (messages: readonly WireMessage[], viewerId: number) => string {
  const message = partial('/partials/message');
  const heading = partial('/partials/day');
  const format = formatter({ emojiOf, render: partial('/partials/text') });

  return (messages, viewerId) => {
    let rows = '';
    let before: Utterance | undefined;
    for (const each of messages) {
      const day = each.sent_at.slice(0, DATE_LENGTH);
      const utterance = { kind: each.kind, authorId: each.author.id, sentAt: Date.parse(each.sent_at), day };
      if (day !== before?.day) rows += heading({ day, label: calendar.format(utterance.sentAt) });
      rows += message(messageRow(each, { viewerId, continued: continues(utterance, before), format }));
      before = utterance;
    }
    return rows;
  };
}

const DATE_LENGTH = '2026-03-01'.length;
const calendar = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
