import { type Kysely, sql } from 'kysely';

/** Files, staged or of a message. The row of a message has a copy of what is shown of its files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Never used again: an address of a file must not lead to another one.
  `create table files (
    id integer primary key autoincrement,
    chat_id integer not null references chats (id),
    uploader_id integer not null references users (id),
    blob text not null,
    name text not null,
    type text not null,
    bytes integer not null,
    width integer,
    height integer,
    staged_at integer not null,
    position integer,
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict`,
  'create index files_by_message on files (chat_id, position)',
  'create index files_by_uploader on files (uploader_id, bytes)',
  'create index files_by_blob on files (blob)',
  'create index staged_files on files (staged_at) where position is null',
  'alter table messages add column files text',
];
