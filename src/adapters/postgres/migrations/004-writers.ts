import { type Kysely, sql } from 'kysely';

/** What the last transaction of each instance was that committed, and up to which one they may commit no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table writers (
      id uuid primary key,
      committed bigint not null,
      refused bigint not null,
      marked_at timestamptz not null default now()
    ) with (fillfactor = 50)`.execute(db);
}
