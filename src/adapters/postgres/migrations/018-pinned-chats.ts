import { type Kysely, sql } from 'kysely';

/** Chats that a member keeps at the top of their list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table levels add column pinned smallint not null default 0`.execute(db);
}
