import { type Kysely, sql } from 'kysely';

/** The id of the installation, in one row that the first start adds, and the mark by which a copy is recognised. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table installation (id text primary key, epoch text not null)`.execute(db);
  await sql`create table database_marks (mark text not null)`.execute(db);
}
