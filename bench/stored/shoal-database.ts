import Database from 'better-sqlite3';
import { makePinoLog } from '../../src/adapters/pino/log.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { type Population, storedChats, storedMessages, userIds } from './population.ts';

/** Nobody signs in with a password here: sessions are stored as if they had. */
const NO_PASSWORD = 'none';

/** Makes a database of this server with everything in it that `population` says. */
export async function writeShoalDatabase(path: string, population: Population): Promise<void> {
  const storage = await openSqliteStorage(path, makePinoLog({ level: 'silent' }));
  await storage.close();
  const database = new Database(path);
  database.pragma('synchronous = off');
  database.transaction(() => insertAll(database, population))();
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}

export const tokenOf = (userId: number): string => String(userId).padStart(43, 'x');

function insertAll(database: Database.Database, population: Population): void {
  const now = Date.now();
  const user = insertInto(database, 'users', ['id', 'username', 'username_key', 'password_hash', 'created_at']);
  const session = insertInto(database, 'sessions', ['id', 'user_id', 'created_at', 'seen_at']);
  const chat = insertInto(database, 'chats', ['id', 'name', 'revision', 'created_at']);
  const member = insertInto(database, 'members', ['chat_id', 'user_id', 'role', 'joined_at']);
  const message = insertInto(database, 'messages', MESSAGE_COLUMNS);
  for (const id of userIds(population)) {
    user.run(id, `bench-${id}`, `bench-${id}`, NO_PASSWORD, now);
    session.run(systemSecrets.digest(tokenOf(id)), id, now, now);
  }
  const count = population.messagesPerChat;
  for (const stored of storedChats(population)) {
    chat.run(stored.id, `Chat ${stored.id}`, count, now);
    for (const id of stored.members) member.run(stored.id, id, id === stored.members[0] ? 'owner' : 'member', now);
    for (const { position, author, clientId, text, sentAt } of storedMessages(stored, count, now)) {
      message.run(stored.id, position, author, clientId, 'text', text, sentAt);
    }
  }
}

const MESSAGE_COLUMNS = ['chat_id', 'position', 'author_id', 'client_id', 'kind', 'text', 'sent_at'];

/** The columns are named, so that those of later releases keep their defaults. */
function insertInto(database: Database.Database, table: string, columns: readonly string[]): Database.Statement {
  return database.prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`);
}
