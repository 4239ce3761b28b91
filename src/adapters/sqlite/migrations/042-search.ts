import { type Kysely, sql } from 'kysely';

/** The search index. It is empty at first, and the server fills it while it serves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Quotation marks are none that folded texts have. Characters beyond ASCII belong to terms anyway. */
const TOKENS = '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~';

const STATEMENTS = [
  `create table search_texts (
    place integer primary key,
    chat_id integer not null,
    position integer not null,
    text text not null,
    marks text not null,
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict`,
  'create unique index search_texts_by_message on search_texts (chat_id, position)',
  `create virtual table search_grams using fts5 (
    grams, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '${TOKENS}'"
  )`,
  "insert into search_grams (search_grams, rank) values ('secure-delete', 1)",
  `create table search_progress (
    chat_id integer primary key,
    revision integer not null
  ) strict`,
  `create table search_state (
    id integer primary key,
    version integer not null
  ) strict`,
];
