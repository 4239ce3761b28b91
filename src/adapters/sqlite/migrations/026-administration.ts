import { type Kysely, sql } from 'kysely';

/** Administrators, deactivated accounts, and the audit of administrators' acts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table users add column administrator_since integer',
  'alter table users add column deactivated_at integer',
  'alter table users add column invited_by text',
  'create index users_by_administration on users (administrator_since) where administrator_since is not null',
  'create index users_by_invite on users (invited_by) where invited_by is not null',
  `create table administrator_acts (
    id integer primary key autoincrement,
    kind text not null,
    by_id integer references users (id),
    about_id integer references users (id),
    detail text not null,
    at integer not null
  ) strict`,
];
