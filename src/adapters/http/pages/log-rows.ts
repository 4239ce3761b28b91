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

/**
 * Renders messages, each by a partial, with a heading for each day, and a line above the first unread one. The server knows only UTC; the
 * client corrects the days.
 */
export function logRows(
  { partial }: Templates,
  row: string,
): (messages: readonly WireMessage[], shown: Shown) => string {
  const message = partial(row);
  const heading = partial('/partials/day');
  const unreadLine = partial('/partials/unread-line');
  const format = formatter({ emojiOf, render: partial('/partials/text') });

  return (messages, { viewerId, marked, line }) => {
    const utterances = messages.map(utteranceOf);
    const isFirstUnread = (index: number) => messages[index]?.position === line.position;
    const isContinued = (index: number) => {
      const utterance = utterances[index];
      return utterance !== undefined && !isFirstUnread(index) && continues(utterance, utterances[index - 1]);
    };
    let rows = '';
    for (const [index, each] of messages.entries()) {
      const { day, sentAt } = utterances[index] ?? utteranceOf(each);
      if (day !== utterances[index - 1]?.day) rows += heading({ day, label: calendar.format(sentAt) });
      if (isFirstUnread(index)) rows += unreadLine({ count: line.count, isLanding: marked === null });
      const [continued, followed] = [isContinued(index), isContinued(index + 1)];
      rows += message(messageRow(each, { viewerId, continued, followed, marked: each.position === marked, format }));
    }
    return rows;
  };
}

const utteranceOf = ({ kind, author, sent_at, reply_to }: WireMessage): Utterance => ({
  kind,
  authorId: author.id,
  sentAt: Date.parse(sent_at),
  day: sent_at.slice(0, DATE_LENGTH),
  isReply: reply_to !== null,
});

const DATE_LENGTH = '2026-03-01'.length;
const calendar = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
