import { type Kysely, sql } from 'kysely';

/** Until when a new account may be removed again; null once it was used, and for all accounts that exist already. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column undoable_until bigint`.execute(db);
}
