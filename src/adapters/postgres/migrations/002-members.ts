import { type Kysely, sql } from 'kysely';

/** A page of members is one walk, however many there are; and a chat's invites are found among all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index members_by_joining on members (chat_id, joined_at, user_id)`.execute(db);
  await sql`create index invites_by_chat on invites (chat_id, created_by)`.execute(db);
}
