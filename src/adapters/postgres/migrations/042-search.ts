import { type Kysely, sql } from 'kysely';

/** The search index. It is empty at first, and the servers fill it while they serve. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table search_texts (
    place bigint primary key,
    chat_id bigint not null,
    position bigint not null,
    text text collate "C" not null,
    marks text collate "C" not null,
    grams tsvector not null,
    foreign key (chat_id, position) references messages (chat_id, position)
  )`,
  'create unique index search_texts_by_message on search_texts (chat_id, position)',
  'create index search_texts_by_gram on search_texts using gin (grams)',
  `create table search_progress (
    chat_id bigint primary key,
    revision bigint not null
  )`,
  `create table search_state (
    id integer primary key,
    version integer not null
  )`,
];
