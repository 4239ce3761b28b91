import { type Kysely, sql } from 'kysely';

/** Codes for the second step of signing in, links that stand for a person once, and when the person of a session last confirmed who they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table sessions add column confirmed_at integer',
  `create table two_step (
    user_id integer primary key references users (id),
    secret text not null,
    enabled_at integer,
    last_step integer not null default 0
  ) strict`,
  `create table recovery_codes (
    user_id integer not null references users (id),
    digest text not null,
    primary key (user_id, digest)
  ) strict, without rowid`,
  `create table one_time_links (
    id text primary key,
    kind text not null,
    user_id integer not null references users (id),
    expires_at integer not null,
    unique (user_id, kind)
  ) strict, without rowid`,
];
