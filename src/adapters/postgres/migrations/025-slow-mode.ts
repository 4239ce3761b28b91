import { type Kysely, sql } from 'kysely';

/** The slow mode of chats, and reports of messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table chats add column slow_seconds integer not null default 0',
  `create table slow_posts (
    chat_id bigint not null references chats (id),
    user_id bigint not null references users (id),
    posted_at bigint not null,
    primary key (chat_id, user_id)
  )`,
  `create table reports (
    chat_id bigint not null,
    position bigint not null,
    user_id bigint not null references users (id),
    reason text not null,
    reported_at bigint not null,
    dismissed_at bigint,
    primary key (chat_id, position, user_id),
    foreign key (chat_id, position) references messages (chat_id, position)
  )`,
  'create index reports_open on reports (chat_id, reported_at) where dismissed_at is null',
];
