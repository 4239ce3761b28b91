import { type Kysely, sql } from 'kysely';

/** Invites that end when they are used up, that their makers can tell apart, and that do not admit people who were removed since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table invites add column created_at integer not null default 0',
  'alter table invites add column max_uses integer',
  'alter table invites add column uses integer not null default 0',
  "alter table invites add column note text not null default ''",
  // All of them were good for seven days.
  'update invites set created_at = expires_at - 604800000',
  `create table barred_members (
    chat_id integer not null references chats (id),
    user_id integer not null references users (id),
    barred_at integer not null,
    primary key (chat_id, user_id)
  ) strict, without rowid`,
];
