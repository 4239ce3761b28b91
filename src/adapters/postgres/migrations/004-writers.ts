import { type Kysely, sql } from 'kysely';

/** For each instance, the last transaction that committed, and the last one that must not commit any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table writers (
      id uuid primary key,
      committed bigint not null,
      refused bigint not null,
      marked_at timestamptz not null default now()
    ) with (fillfactor = 50)`.execute(db);
}
