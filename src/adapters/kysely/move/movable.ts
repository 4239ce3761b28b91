import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import type { MovedTable } from './tables.ts';

export type Row = Readonly<Record<string, string | number | null>>;

/** A database as the source or target of a move, while no server has it open. */
export interface MovableDatabase {
  readonly db: Kysely<Schema>;
  /** The row as this database can store it: the same object where it can store it unchanged. */
  hold(row: Row): Row;
  /** Call it after rows were inserted with their ids, so that new ids follow them. */
  continueIds(): Promise<void>;
  /** Call it at the end. The database is then the installation itself, with the same epoch, and not a copy. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The rows after a row, or from the first row, in the order of their key. */
export async function rowsAfter(
  db: Kysely<Schema>,
  { name, key }: MovedTable,
  { after, limit }: { readonly after: Row | undefined; readonly limit: number },
): Promise<readonly Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const values = after && sql.join(key.map((column) => after[column]));
  const { rows } = await sql<Row>`
    select * from ${sql.table(name)}
    ${values ? sql`where (${columns}) > (${values})` : sql``}
    order by ${columns} limit ${sql.lit(limit)}`.execute(db);
  return rows;
}

/** The row with the greatest key, or undefined. */
export async function lastRow(db: Kysely<Schema>, { name, key }: MovedTable): Promise<Row | undefined> {
  const order = sql.join(key.map((column) => sql`${sql.ref(column)} desc`));
  const { rows } = await sql<Row>`select * from ${sql.table(name)} order by ${order} limit 1`.execute(db);
  return rows[0];
}

export async function countRows(db: Kysely<Schema>, { name }: MovedTable): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`select count(*) as count from ${sql.table(name)}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

export async function addRows(db: Kysely<Schema>, { name }: MovedTable, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`
    insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(db);
}
