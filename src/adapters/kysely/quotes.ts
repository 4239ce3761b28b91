import { sql } from 'kysely';
import type { Revision } from '../../domain/chats/chat.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { MessageKind, Quote } from '../../domain/messages/message.ts';
import { SNIPPET_SOURCE } from '../../domain/messages/text/plain-text.ts';
import { rowSnippet } from './files.ts';
import { prepareForList } from './in-list.ts';
import type { Params } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** A message as its replies show it. */
export interface QuoteRow {
  readonly position: Revision;
  readonly kind: MessageKind;
  readonly author_id: UserId;
  readonly username: Username;
  readonly beginning: string;
  readonly files: string | null;
}

/** The columns of a QuoteRow in a statement that joins `messages` and `users`. Only the beginning of a text is read. */
export const QUOTE_COLUMNS = `messages.position, messages.kind, messages.author_id, users.username, messages.files,
  substr(messages.text, 1, ${SNIPPET_SOURCE}) as beginning`;

export function toQuote({ position, kind, author_id, username, beginning, files }: QuoteRow): Quote {
  const snippet = rowSnippet({ kind, beginning, files });
  return { position, author: { id: author_id, username }, kind, snippet };
}

/** Reads the messages of a chat at these positions, as replies show them, in one statement. */
export type ReadQuotes = (chatId: ChatId, positions: ReadonlySet<Revision>) => Promise<ReadonlyMap<Revision, Quote>>;

export function makeReadQuotes(db: SqlDatabase): ReadQuotes {
  const select = prepareForList(db, (param: Params<{ chatId: ChatId }>, positions: readonly Revision[]) =>
    db
      .selectFrom('messages')
      .innerJoin('users', 'users.id', 'messages.author_id')
      .select(['messages.position', 'messages.kind', 'messages.author_id', 'users.username', 'messages.files'])
      .select((column) =>
        column.fn<string>('substr', ['messages.text', sql.lit(1), sql.lit(SNIPPET_SOURCE)]).as('beginning'),
      )
      .where('messages.chat_id', '=', param('chatId'))
      .where('messages.position', 'in', positions),
  );

  return async (chatId, positions) => {
    const [first, ...others] = positions;
    if (first === undefined) return new Map();
    const rows = await select({ chatId }, [first, ...others]);
    return new Map(rows.map((row) => [row.position, toQuote(row)]));
  };
}
