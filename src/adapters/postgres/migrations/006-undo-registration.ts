import { type Kysely, sql } from 'kysely';

/** The time until which a new account may be removed; null once it was used, and for all existing accounts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // In the order in which posts lock them, since instances of an earlier version may be writing: this prevents deadlocks.
  await sql`lock table members, chats, messages, users in access exclusive mode`.execute(db);
  await sql`alter table users add column undoable_until bigint`.execute(db);
}
