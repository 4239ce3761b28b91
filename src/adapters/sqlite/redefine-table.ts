import { type Kysely, sql } from 'kysely';

/**
 * Changes a table's definition without touching its rows, as SQLite's documentation describes for changes that leave the rows
 * valid (lang_altertable, "Making Other Kinds Of Table Schema Changes"): a row without the last columns has nulls there.
 * `alter table` cannot drop constraints, and scans a strict table for each column that it adds. `withSchemaWritable` must be
 * around it.
 */
export async function redefineTable(db: Kysely<unknown>, table: string, before: string, after: string): Promise<void> {
  const { rows } = await sql`
    update sqlite_schema set sql = replace(sql, ${before}, ${after})
    where type = 'table' and name = ${table} and instr(sql, ${before}) > 0 returning name`.execute(db);
  if (rows.length !== 1) throw new Error(`The table ${table} is not as an earlier version created it.`);
}

/** Lets `change` redefine tables, and makes SQLite read the schema again. */
export async function withSchemaWritable(db: Kysely<unknown>, change: () => Promise<void>): Promise<void> {
  await sql`pragma writable_schema = on`.execute(db);
  await change();
  await sql`pragma writable_schema = off`.execute(db);
  const { rows } = await sql<{ schema_version: number }>`pragma schema_version`.execute(db);
  await sql.raw(`pragma schema_version = ${(rows[0]?.schema_version ?? 0) + 1}`).execute(db);
}
