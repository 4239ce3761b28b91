import { type Kysely, sql } from 'kysely';

/** Passkeys, the challenges that they sign, and sessions that a recovery has ended and their owner may take back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table passkey_owners (
    user_id integer primary key references users (id),
    handle text not null unique,
    change text,
    changed_name text,
    changed_at integer
  ) strict`,
  `create table passkeys (
    id text primary key,
    user_id integer not null references passkey_owners (user_id),
    public_key text not null,
    counter integer not null,
    transports text not null,
    name text not null,
    created_at integer not null,
    used_at integer,
    held_at integer
  ) strict, without rowid`,
  'create index passkeys_by_user on passkeys (user_id)',
  `create table passkey_challenges (
    id text primary key,
    purpose text not null,
    holder text not null,
    expires_at integer not null
  ) strict, without rowid`,
  'create index passkey_challenges_by_end on passkey_challenges (expires_at)',
  `create table held_sessions (
    id text primary key,
    user_id integer not null references users (id),
    created_at integer not null,
    seen_at integer not null,
    device text not null,
    address text not null,
    held_until integer not null
  ) strict, without rowid`,
  'create index held_sessions_by_user on held_sessions (user_id)',
];
