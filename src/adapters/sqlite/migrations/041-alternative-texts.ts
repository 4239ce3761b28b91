import { type Kysely, sql } from 'kysely';

/** Alternative texts of images. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table files add column alt text`.execute(db);
  // The latest files of a chat, which lists them newest first.
  await sql`create index files_by_chat on files (chat_id, id) where position is not null and of_card = 0`.execute(db);
}
