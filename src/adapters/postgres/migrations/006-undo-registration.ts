import { type Kysely, sql } from 'kysely';

/** Until when a new account may be removed again; null once it was used, and for all accounts that exist already. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // In the order in which posts take them: instances of an earlier version may be writing, and must not wait in a circle.
  await sql`lock table members, chats, messages, users in access exclusive mode`.execute(db);
  await sql`alter table users add column undoable_until bigint`.execute(db);
}
