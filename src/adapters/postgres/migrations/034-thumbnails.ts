import { type Kysely, sql } from 'kysely';

/** The small pictures of images: null until one is made, empty where none can be. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table files add column thumbnail text').execute(db);
  await sql.raw("create index files_by_thumbnail on files (thumbnail) where thumbnail <> ''").execute(db);
}
