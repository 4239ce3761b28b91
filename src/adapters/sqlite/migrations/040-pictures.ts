import { type Kysely, sql } from 'kysely';

/** The pictures of people and chats. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table pictures (
    kind text not null,
    owner_id integer not null,
    blob_48 text not null,
    blob_96 text not null,
    blob_256 text not null,
    primary key (kind, owner_id)
  ) strict`,
  'create index pictures_by_blob_48 on pictures (blob_48)',
  'create index pictures_by_blob_96 on pictures (blob_96)',
  'create index pictures_by_blob_256 on pictures (blob_256)',
];
