import type { Database } from 'better-sqlite3';
import type { OriginalMessage, OriginalRows } from './rows.ts';

/** All but the messages, each table in the order in which its rows were inserted. */
export function readRows(original: Database): OriginalRows {
  const all = <Row>(sql: string) => original.prepare<[], Row>(sql).all();
  return {
    users: all(`select cast(userID as text) as id, cast(username as text) as name, cast(password_hash as text) as hash
      from Users order by rowid`),
    chats: all('select cast(chatID as text) as id, cast(chat_name as text) as name from Chats order by rowid'),
    members: all(
      `select cast(chatID as text) as chatId, cast(userID as text) as userId from ChatMembers order by rowid`,
    ),
    invites: all(`select cast(code as text) as code, cast(chatID as text) as chatId, expires_at as expiresAt
      from InviteCodes order by rowid`),
    authors: all(`select cast(username as text) as name, cast(chatID as text) as chatId
      from Messages group by 1, 2 order by min(rowid)`),
    sessions: original.prepare<[], number>('select count(*) from Sessions').pluck().get() ?? 0,
  };
}

/**
 * Chat by chat, in the order of their ids, which is the order in which they were written. Only numbers are sorted, and each
 * row is fetched by its own: all texts together may be more than there is memory.
 */
export function* readMessages(original: Database): IterableIterator<OriginalMessage> {
  const order = original.prepare<[], number>(
    'select rowid from Messages order by cast(chatID as text), messageID, rowid',
  );
  const message = original.prepare<[number], OriginalMessage>(
    `select cast(chatID as text) as chatId, cast(username as text) as author, cast(message_text as text) as text,
        cast(message_text as blob) as bytes, timestamp as sentAt
      from Messages where rowid = ?`,
  );
  for (const row of order.pluck().iterate()) {
    const found = message.get(row);
    if (found) yield found;
  }
}
