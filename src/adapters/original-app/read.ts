import type { Database } from 'better-sqlite3';
import type { OriginalMessage, OriginalRows } from './rows.ts';
import { id, keyColumns, rowidOf, text, wholeNumber, writtenOrder } from './written-order.ts';

/** Reads all rows except messages, in order of insertion where the table records it. */
export function readRows(original: Database): OriginalRows {
  const all = <Row>(sql: string) => original.prepare<[], Row>(sql).all();
  const order = (table: string, ...ids: readonly string[]) => writtenOrder(original, table, ...ids);
  return {
    users: all(`select ${id('userID')} as id, ${text('username')} as name, ${text('password_hash')} as hash
      from Users order by ${order('Users', 'userID')}`),
    chats: all(`select ${id('chatID')} as id, ${text('chat_name')} as name
      from Chats order by ${order('Chats', 'chatID')}`),
    members: all(`select ${id('chatID')} as chatId, ${id('userID')} as userId
      from ChatMembers order by ${order('ChatMembers', 'chatID', 'userID')}`),
    areMembersInOrder: rowidOf(original, 'ChatMembers') !== undefined,
    invites: all(`select ${text('code')} as code, ${id('chatID')} as chatId, ${time('expires_at')} as expiresAt
      from InviteCodes order by ${order('InviteCodes', 'code')}`),
    authors: all(`select name, chatId from (
        select ${text('username')} as name, ${id('chatID')} as chatId,
          row_number() over (order by ${messageOrder(original)}) as place
        from Messages
      ) group by name, chatId order by min(place)`),
    sessions: original.prepare<[], number>('select count(*) from Sessions').pluck().get() ?? 0,
  };
}

/**
 * Reads messages chat by chat, in the order of their ids, in which they were written. Only the keys are sorted, and each row is
 * fetched by its key, because all texts may not fit into memory.
 */
export function* readMessages(original: Database): IterableIterator<OriginalMessage> {
  const key = keyColumns(original, 'Messages');
  const keys = original.prepare<[], unknown[]>(
    `select ${key.join(', ')} from Messages order by ${id('chatID')}, ${messageOrder(original)}`,
  );
  const message = original.prepare<unknown[], OriginalMessage>(
    `select ${id('chatID')} as chatId, ${text('username')} as author, ${text('message_text')} as text,
        cast(message_text as blob) as bytes, ${time('timestamp')} as sentAt
      from Messages where ${key.map((column) => `${column} is ?`).join(' and ')}`,
  );
  // Large integers would lose precision as JavaScript numbers, and would not be found again.
  for (const values of keys.raw().safeIntegers().iterate()) {
    const found = message.get(...values);
    if (!found) throw new Error('A message was not found by its key.');
    yield found;
  }
}

/** By id where ids are numbers, else by order of insertion, else by time. */
function messageOrder(original: Database): string {
  const rest = rowidOf(original, 'Messages') ?? `timestamp collate binary, ${text('messageID')}`;
  return `${wholeNumber('messageID')} nulls last, ${rest}`;
}

/** The value as stored; a blob is read as text. */
const time = (column: string): string =>
  `case typeof(${column}) when 'blob' then cast(${column} as text) else ${column} end`;
