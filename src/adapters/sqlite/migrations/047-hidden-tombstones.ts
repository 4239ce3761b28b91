import { type Kysely, sql } from 'kysely';

/** Tombstones that no log shows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column hidden integer`.execute(db);
}
