import { type Kysely, sql } from 'kysely';

/** Holds the source of a move into this database, until the move is complete. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table unfinished_moves (source text not null)`.execute(db);
}
