import { type Kysely, sql } from 'kysely';

/**
 * How far each member has read. Those who are members already begin with everything read. Members whom an instance of the previous
 * release adds or removes meanwhile have no pointer, or lose it. `concurrent-indexes.ts` has the index of the mentions.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table read_pointers (
    chat_id bigint not null,
    user_id bigint not null,
    position bigint not null,
    version bigint not null,
    primary key (chat_id, user_id),
    foreign key (chat_id, user_id) references members (chat_id, user_id) on delete cascade
  ) with (fillfactor = 70)`,
  `insert into read_pointers (chat_id, user_id, position, version)
    select chat_id, user_id, revision, 0 from members join chats on chats.id = members.chat_id`,
];
