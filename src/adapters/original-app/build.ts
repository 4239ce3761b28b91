import Database from 'better-sqlite3';
import type { UserId } from '../../domain/ids.ts';
import { openSqlDatabase } from '../sqlite/database.ts';
import { SqliteJobsClock } from '../sqlite/jobs-clock.ts';
import { migrate } from '../sqlite/migrate.ts';
import { startFile } from './files.ts';
import type { Plan } from './plan.ts';
import { readMessages } from './read.ts';
import { type MessageCounts, writeMessages } from './write-messages.ts';

export interface Building {
  readonly path: string;
  readonly original: Database.Database;
  readonly plan: Plan;
  readonly hashes: ReadonlyMap<UserId, string>;
  readonly digest: (code: string) => string;
  readonly now: number;
  readonly onProgress: (messages: number) => void;
}

/** Builds a new database file from the plan, so that no byte of the old one can remain in it. */
export async function build(building: Building): Promise<MessageCounts> {
  const { path, original } = building;
  startFile(path);
  const database = new Database(path);
  try {
    database.pragma(`encoding = '${original.pragma('encoding', { simple: true })}'`);
    // An incomplete file is discarded, and a complete one is synced as a whole.
    database.pragma('journal_mode = memory');
    database.pragma('synchronous = off');
    database.pragma('temp_store = memory');
    await migrate(database, openSqlDatabase(database, new SqliteJobsClock()));
    const counts = database.transaction(() => fill(database, building))();
    check(database);
    return counts;
  } finally {
    database.close();
  }
}

function fill(
  database: Database.Database,
  { original, plan, hashes, digest, now, onProgress }: Building,
): MessageCounts {
  const insert = (table: string, columns: string) =>
    database.prepare(`insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`);

  const intoUsers = insert('users', 'id, username, username_key, password_hash, created_at');
  for (const { id, username, key } of plan.users) intoUsers.run(id, username, key, hashes.get(id), now);
  const intoChats = insert('chats', 'id, name, revision, created_at');
  for (const { id, name } of plan.chats) intoChats.run(id, name, 0, now);
  const intoMembers = insert('members', 'chat_id, user_id, role, joined_at');
  for (const [index, { chatId, userId, role }] of plan.members.entries()) {
    // The original app did not record the time of joining. The order is known, and no time is in the future.
    intoMembers.run(chatId, userId, role, now - plan.members.length + index);
  }
  const intoInvites = insert('invites', 'id, chat_id, created_by, expires_at');
  for (const { code, chatId, createdBy, expiresAt } of plan.invites) {
    intoInvites.run(digest(code), chatId, createdBy, expiresAt);
  }
  const counts = writeMessages(database, readMessages(original), { plan, now, onProgress });
  // The original app did not record what people have read.
  database.exec(`
    insert into read_pointers (chat_id, user_id, position, version)
    select chat_id, user_id, revision, 0 from members join chats on chats.id = members.chat_id`);
  return counts;
}

function check(database: Database.Database): void {
  const dangling = database.pragma('foreign_key_check');
  const integrity = database.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok' || !Array.isArray(dangling) || dangling.length > 0) {
    throw new Error('The upgraded database failed its integrity check. Nothing was changed.');
  }
}
