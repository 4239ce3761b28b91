import type { Database } from 'better-sqlite3';

interface Column {
  readonly name: string;
  /** Its place in the primary key, from 1; 0 for other columns. */
  readonly pk: number;
}

/** Names of a table's rowid, unless the table has a column of that name. */
const ROWID_NAMES = ['rowid', '_rowid_', 'oid'];

/** The name of the rowid, which numbers rows in order of insertion; undefined for a `WITHOUT ROWID` table. */
export function rowidOf(original: Database, table: string): string | undefined {
  const hasNone = original
    .prepare<[string], number>("select wr from pragma_table_list where schema = 'main' and lower(name) = lower(?)")
    .pluck()
    .get(table);
  const names = columnsOf(original, table).map(({ name }) => name.toLowerCase());
  return hasNone === 1 ? undefined : ROWID_NAMES.find((name) => !names.includes(name));
}

/** The columns that identify a row. */
export function keyColumns(original: Database, table: string): readonly string[] {
  const rowid = rowidOf(original, table);
  if (rowid) return [rowid];
  const columns = columnsOf(original, table);
  const primary = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return (primary.length > 0 ? primary : columns).map(({ name }) => `"${name.replaceAll('"', '""')}"`);
}

/** `order by` terms for the order of insertion, or for the order of these ids where the table does not record it. */
export function writtenOrder(original: Database, table: string, ...ids: readonly string[]): string {
  const byId = ids.flatMap((column) => [`${wholeNumber(column)} nulls last`, text(column)]);
  return rowidOf(original, table) ?? byId.join(', ');
}

/** A column of any type as text that compares by bytes, whatever the collation of the column is. */
export const text = (column: string): string => `cast(${column} as text) collate binary`;

/** The same for an id: 7 and 7.0 are one, 7 and 07 are not. */
export const id = (column: string): string =>
  `case when ${wholeNumber(column)} is not null and cast(${column} as text) not glob '0?*'
    then cast(${wholeNumber(column)} as text) else ${text(column)} end collate binary`;

/** The id as a whole number, also where the column stores it as text; NULL for any other id. */
export function wholeNumber(column: string): string {
  const number = `cast(cast(${column} as text) as integer)`;
  return `case when ${number} = cast(${column} as text) then ${number} end`;
}

function columnsOf(original: Database, table: string): readonly Column[] {
  return original.prepare<[string], Column>('select name, pk from pragma_table_xinfo(?)').all(table);
}
