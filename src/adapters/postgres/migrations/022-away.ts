import { type Kysely, sql } from 'kysely';

/** Until when people said that they are away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table users add column away_until bigint',
  'create index users_by_away on users (away_until) where away_until is not null',
];
