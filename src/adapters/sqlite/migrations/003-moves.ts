import { type Kysely, sql } from 'kysely';

/** From where an installation is being moved into this database, as long as not all of it is here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table unfinished_moves (source text not null)`.execute(db);
}
