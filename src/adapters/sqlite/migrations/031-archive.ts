import { type Kysely, sql } from 'kysely';

/** Archived chats, and how long the messages of a chat are kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table chats add column archived_at integer',
  'alter table chats add column retention_days integer not null default 0',
  'alter table chats add column retention_version integer not null default 0',
  'alter table chats add column erased_to integer not null default 0',
];
