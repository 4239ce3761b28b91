import { type Kysely, sql } from 'kysely';

/** The page of what a member missed looks for replies among their unread messages, which can be thousands. Other posts are not in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw('create index messages_by_reply on messages (chat_id, position, reply_to) where reply_to is not null')
    .execute(db);
}
