import { type Kysely, sql } from 'kysely';

/** Push messages: the keys of the installation, the devices, and what was announced on them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'create table push_keys (id integer primary key, public_key text not null, private_key text not null) strict',
  `create table push_devices (
    id integer primary key autoincrement,
    user_id integer not null references users (id) on delete cascade,
    session_id text not null unique references sessions (id) on delete cascade,
    endpoint text not null unique,
    public_key text not null,
    auth text not null,
    origin text not null,
    created_at integer not null
  ) strict`,
  'create index push_devices_by_user on push_devices (user_id)',
  `create table announcements (
    chat_id integer not null,
    position integer not null,
    device_id integer not null,
    user_id integer not null,
    reason text not null,
    decided_at integer not null,
    primary key (chat_id, position, device_id)
  ) strict, without rowid`,
  'create index announcements_by_time on announcements (decided_at)',
];
