import { type Kysely, sql } from 'kysely';

/** Each signal that a user is typing looks for those who block them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('create index blocks_by_blocked on blocks (blocked_id)').execute(db);
}
