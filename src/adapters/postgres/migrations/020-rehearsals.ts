import { type Kysely, sql } from 'kysely';

/** What the decisions of the ledger were based on, so that they can be made again with other settings, and those of a user in their order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table announcements add column is_called integer',
  'alter table announcements add column text_revision bigint',
  'create index announcements_by_user on announcements (user_id, decided_at)',
];
