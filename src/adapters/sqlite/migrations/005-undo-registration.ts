import { type Kysely, sql } from 'kysely';

/** The time until which a new account may be removed; null once it was used, and for all existing accounts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column undoable_until integer`.execute(db);
}
