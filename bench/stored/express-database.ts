import Database from 'better-sqlite3';
import { type Population, storedChats, storedMessages, userIds } from './population.ts';
import { tokenOf } from './shoal-database.ts';

/** The same people, chats and messages, in tables as one makes them for an Express app. */
export function writeExpressDatabase(path: string, population: Population): void {
  const database = new Database(path);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = off');
  database.exec(TABLES);
  database.transaction(() => insertAll(database, population))();
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}

const TABLES = `
  create table users (id integer primary key, username text not null unique);
  create table sessions (token text primary key, user_id integer not null);
  create table chats (id integer primary key, name text not null);
  create table members (
    user_id integer not null, chat_id integer not null, joined_at integer not null, primary key (user_id, chat_id)
  );
  create table messages (
    chat_id integer not null, position integer not null, author_id integer not null, text text not null,
    sent_at integer not null, primary key (chat_id, position)
  ) without rowid;
`;

function insertAll(database: Database.Database, population: Population): void {
  const now = Date.now();
  const user = database.prepare('insert into users values (?, ?)');
  const session = database.prepare('insert into sessions values (?, ?)');
  const chat = database.prepare('insert into chats values (?, ?)');
  const member = database.prepare('insert into members values (?, ?, ?)');
  const message = database.prepare('insert into messages values (?, ?, ?, ?, ?)');
  for (const id of userIds(population)) {
    user.run(id, `bench-${id}`);
    session.run(tokenOf(id), id);
  }
  for (const stored of storedChats(population)) {
    chat.run(stored.id, `Chat ${stored.id}`);
    for (const id of stored.members) member.run(id, stored.id, now);
    for (const { position, author, text, sentAt } of storedMessages(stored, population.messagesPerChat, now)) {
      message.run(stored.id, position, author, text, sentAt);
    }
  }
}
