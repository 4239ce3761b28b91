import { type Kysely, sql } from 'kysely';

/** Accounts that were deleted, and exports of one's own data that run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Without a reference: after a restore the list beside the database may name accounts that are not in it.
  `create table erasures (
    user_id integer primary key,
    words text not null,
    erased_at integer not null,
    chat_id integer,
    position integer,
    done integer not null default 0
  ) strict`,
  `create table exports (
    user_id integer primary key references users (id),
    lease text not null,
    expires_at integer not null
  ) strict`,
];
