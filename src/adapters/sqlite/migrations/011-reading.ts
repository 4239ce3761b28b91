import { type Kysely, sql } from 'kysely';

/** How far each member has read. Those who are members already begin with everything read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table read_pointers (
    chat_id integer not null,
    user_id integer not null,
    position integer not null,
    version integer not null,
    primary key (chat_id, user_id),
    foreign key (chat_id, user_id) references members (chat_id, user_id) on delete cascade
  ) strict, without rowid`,
  `insert into read_pointers (chat_id, user_id, position, version)
    select chat_id, user_id, revision, 0 from members join chats on chats.id = members.chat_id`,
  'create index mentions_by_user on mentions (user_id, chat_id, position)',
];
