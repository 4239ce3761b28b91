import { type Kysely, sql } from 'kysely';

/** Chats of a set of people, the chats that members have hidden, and who blocked whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table direct_chats (
    chat_id bigint primary key references chats (id),
    people text not null unique
  )`,
  `create table hidden_chats (
    chat_id bigint not null,
    user_id bigint not null,
    position bigint not null,
    primary key (chat_id, user_id),
    foreign key (chat_id, user_id) references members (chat_id, user_id) on delete cascade
  )`,
  `create table blocks (
    user_id bigint not null references users (id),
    blocked_id bigint not null references users (id),
    created_at bigint not null,
    primary key (user_id, blocked_id)
  )`,
];
