import { type Kysely, sql } from 'kysely';

/** Passkeys, the challenges that they sign, and sessions that a recovery has ended and their owner may take back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table passkey_owners (
    user_id bigint primary key references users (id),
    handle text not null unique,
    change text,
    changed_name text,
    changed_at bigint
  )`,
  `create table passkeys (
    id text primary key,
    user_id bigint not null references passkey_owners (user_id),
    public_key text not null,
    counter bigint not null,
    transports text not null,
    name text not null,
    created_at bigint not null,
    used_at bigint,
    held_at bigint
  )`,
  'create index passkeys_by_user on passkeys (user_id)',
  `create table passkey_challenges (
    id text primary key,
    purpose text not null,
    holder text not null,
    expires_at bigint not null
  )`,
  'create index passkey_challenges_by_end on passkey_challenges (expires_at)',
  `create table held_sessions (
    id text primary key,
    user_id bigint not null references users (id),
    created_at bigint not null,
    seen_at bigint not null,
    device text not null,
    address text not null,
    held_until bigint not null
  )`,
  'create index held_sessions_by_user on held_sessions (user_id)',
];
