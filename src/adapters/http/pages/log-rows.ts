import { emojiOf } from '../../../domain/messages/text/emoji-of.ts';
import { formatter } from '../../wire/formatted-text.ts';
import { continues, type Utterance } from '../../wire/grouping.ts';
import type { WireMessage } from '../../wire/message.ts';
import { messageRow } from '../../wire/message-row.ts';
import type { Templates } from './templates.ts';

interface Shown {
  readonly viewerId: number;
  /** The position of the message that the page is about, or null. */
  readonly marked: number | null;
  /** The line above the message at a position, with the number of unread messages. */
  readonly line: { readonly position: number | null; readonly count: string };
}

/** Renders messages with a heading for each day, and a line above the first unread one. The server knows only UTC; the client corrects the days. */
export function logRows({ partial }: Templates): (messages: readonly WireMessage[], shown: Shown) => string {
  const message = partial('/partials/message');
  const heading = partial('/partials/day');
  const unreadLine = partial('/partials/unread-line');
  const format = formatter({ emojiOf, render: partial('/partials/text') });

  return (messages, { viewerId, marked, line }) => {
    let rows = '';
    let before: Utterance | undefined;
    for (const each of messages) {
      const day = each.sent_at.slice(0, DATE_LENGTH);
      const { kind, author, sent_at, reply_to } = each;
      const utterance = { kind, authorId: author.id, sentAt: Date.parse(sent_at), day, isReply: reply_to !== null };
      if (day !== before?.day) rows += heading({ day, label: calendar.format(utterance.sentAt) });
      const isFirstUnread = each.position === line.position;
      if (isFirstUnread) rows += unreadLine({ count: line.count, isLanding: marked === null });
      const continued = !isFirstUnread && continues(utterance, before);
      rows += message(messageRow(each, { viewerId, continued, marked: each.position === marked, format }));
      before = utterance;
    }
    return rows;
  };
}

const DATE_LENGTH = '2026-03-01'.length;
const calendar = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
