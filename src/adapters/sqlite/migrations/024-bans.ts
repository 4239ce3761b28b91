import { type Kysely, sql } from 'kysely';

/** People who are banned from chats, and what owners and moderators did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table bans (
    chat_id integer not null references chats (id),
    user_id integer not null references users (id),
    banned_by integer not null references users (id),
    banned_at integer not null,
    banned_until integer,
    reason text not null,
    primary key (chat_id, user_id)
  ) strict, without rowid`,
  `create table acts (
    id integer primary key autoincrement,
    chat_id integer not null references chats (id),
    kind text not null,
    actor_id integer not null references users (id),
    target_id integer references users (id),
    reason text not null,
    revision integer not null,
    done_at integer not null,
    changes text not null,
    undoes integer references acts (id)
  ) strict`,
  'create index acts_by_chat on acts (chat_id, id)',
  'create unique index acts_by_undone on acts (undoes) where undoes is not null',
  ...['update', 'delete'].map(
    (change) => `create trigger acts_without_${change} before ${change} on acts begin
      select raise(abort, 'acts are never changed');
    end`,
  ),
];
