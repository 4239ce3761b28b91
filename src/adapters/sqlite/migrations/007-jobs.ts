import { type Kysely, sql } from 'kysely';

/** Jobs. One partial index is for workers, the other for the list of dead letters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table jobs (
    id integer primary key autoincrement,
    kind text not null,
    data text not null,
    due_at integer not null,
    written_at integer not null,
    attempts integer not null,
    lease text,
    last_error text,
    died_at integer
  ) strict`,
  'create index jobs_due on jobs (due_at) where died_at is null',
  'create index jobs_dead on jobs (died_at) where died_at is not null',
];
