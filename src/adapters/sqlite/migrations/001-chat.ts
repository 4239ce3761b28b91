import { type Kysely, sql } from 'kysely';

/**
 * Messages are in one b-tree, clustered by chat and position, so that a page of history is one range scan. The only other index
 * makes sending again idempotent, and leaves out messages without a client id.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table users (
    id integer primary key autoincrement,
    username text not null,
    username_key text not null unique,
    password_hash text not null,
    created_at integer not null
  ) strict`,
  `create table sessions (
    id text primary key,
    user_id integer not null references users (id),
    created_at integer not null,
    seen_at integer not null
  ) strict, without rowid`,
  'create index sessions_by_user on sessions (user_id)',
  `create table chats (
    id integer primary key autoincrement,
    name text not null,
    revision integer not null,
    created_at integer not null
  ) strict`,
  `create table members (
    chat_id integer not null references chats (id),
    user_id integer not null references users (id),
    role text not null check (role in ('owner', 'member')),
    joined_at integer not null,
    primary key (chat_id, user_id)
  ) strict, without rowid`,
  'create index members_by_user on members (user_id, joined_at)',
  `create table invites (
    id text primary key,
    chat_id integer not null references chats (id),
    created_by integer not null references users (id),
    expires_at integer not null
  ) strict, without rowid`,
  `create table messages (
    chat_id integer not null references chats (id),
    position integer not null,
    author_id integer not null references users (id),
    client_id text,
    kind text not null check (kind in ('text', 'notice')),
    text text not null,
    sent_at integer not null,
    primary key (chat_id, position)
  ) strict, without rowid`,
  `create unique index messages_by_client_id on messages (chat_id, author_id, client_id)
    where client_id is not null`,
];
