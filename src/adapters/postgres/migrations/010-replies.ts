import { type Kysely, sql } from 'kysely';

/** Replies store the position of the message that they answer, and nothing of its text. The new column is null: no row is written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column reply_to bigint`.execute(db);
}
