import { type Kysely, sql } from 'kysely';

/** The slow mode of chats, and reports of messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table chats add column slow_seconds integer not null default 0',
  `create table slow_posts (
    chat_id integer not null references chats (id),
    user_id integer not null references users (id),
    posted_at integer not null,
    primary key (chat_id, user_id)
  ) strict, without rowid`,
  `create table reports (
    chat_id integer not null,
    position integer not null,
    user_id integer not null references users (id),
    reason text not null,
    reported_at integer not null,
    dismissed_at integer,
    primary key (chat_id, position, user_id),
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict, without rowid`,
  'create index reports_open on reports (chat_id, reported_at) where dismissed_at is null',
];
