import { type Kysely, sql } from 'kysely';

/** Chats of a set of people, the chats that members have hidden, and who blocked whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table direct_chats (
    chat_id integer primary key references chats (id),
    people text not null unique
  ) strict`,
  `create table hidden_chats (
    chat_id integer not null,
    user_id integer not null,
    position integer not null,
    primary key (chat_id, user_id),
    foreign key (chat_id, user_id) references members (chat_id, user_id) on delete cascade
  ) strict, without rowid`,
  `create table blocks (
    user_id integer not null references users (id),
    blocked_id integer not null references users (id),
    created_at integer not null,
    primary key (user_id, blocked_id)
  ) strict, without rowid`,
];
