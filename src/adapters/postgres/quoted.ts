import type { MessagePlace } from '../../application/ports/messages.ts';
import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Quote } from '../../domain/messages/message.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import { quoteOf } from '../../domain/messages/quotes.ts';
import { QUOTE_COLUMNS, type QuoteRow, toQuote } from '../kysely/quotes.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { columns } from './batch.ts';

/** Messages of several chats, as replies show them. */
export type Quotes = Map<string, Quote>;

const FIND_QUOTED = `
  select messages.chat_id, ${QUOTE_COLUMNS}
  from unnest($1::bigint[], $2::bigint[]) as asked (chat_id, position)
  join messages using (chat_id, position) join users on users.id = messages.author_id`;

/** Sends one statement, or none for no places. */
export async function findQuoted(db: SqlDatabase, places: readonly MessagePlace[]): Promise<Quotes> {
  if (places.length === 0) return new Map();
  const rows = await db.run<QuoteRow & { readonly chat_id: ChatId }>(
    FIND_QUOTED,
    columns(places, 'chatId', 'position'),
  );
  return new Map(rows.map((row) => [placeKey({ chatId: row.chat_id, position: row.position }), toQuote(row)]));
}

export function placeKey({ chatId, position }: MessagePlace): string {
  return `${chatId} ${position}`;
}

/** The message may be one of those that are stored together with the reply. */
export function quotedBy({ chatId, replyTo }: PostKey, quotes: Quotes, stored: readonly Posted[]): Quote | undefined {
  if (replyTo === null) return undefined;
  const known = quotes.get(placeKey({ chatId, position: replyTo }));
  if (known) return known;
  const original = stored.find(({ message }) => message.chatId === chatId && message.position === replyTo);
  return original && quoteOf(original.message);
}
