import { type Kysely, sql } from 'kysely';

/** Indexes: a page of members is one range scan, and the invites of a chat are found without a full scan. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index members_by_joining on members (chat_id, joined_at, user_id)`.execute(db);
  await sql`create index invites_by_chat on invites (chat_id, created_by)`.execute(db);
}
