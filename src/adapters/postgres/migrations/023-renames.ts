import { type Kysely, sql } from 'kysely';

/** Renames of users, numbered, and their former names, which rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table installation add column renames bigint not null default 0',
  'alter table users add column rename_number bigint',
  'alter table users add column renamed_at bigint',
  'create index users_by_rename on users (rename_number) where rename_number is not null',
  `create table resting_names (
    username_key text collate "C" primary key,
    user_id bigint not null references users (id),
    rests_until bigint not null
  )`,
  'create index resting_names_by_end on resting_names (rests_until)',
];
