import type { Compilable } from 'kysely';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/**
 * Prepares a query that has a list of values. A prepared statement has a fixed number of parameters, so there is one for each power of
 * two, and the first item is repeated: the list must be one in which a repetition changes nothing, as after `in`.
 */
export function prepareForList<Values extends object, Item, Row>(
  db: SqlDatabase,
  build: (param: Params<Values>, list: readonly Item[]) => Compilable<Row>,
): (values: Values, list: readonly [Item, ...Item[]]) => Promise<readonly Row[]> {
  const statements = new Map<number, (values: Values & Record<number, Item>) => Promise<readonly Row[]>>();

  return (values, list) => {
    const size = 2 ** Math.ceil(Math.log2(list.length));
    const statement = statements.get(size) ?? prepareForSize(db, { size, build });
    statements.set(size, statement);
    const items = Array.from({ length: size }, (_, index) => list[index] ?? list[0]);
    return statement({ ...values, ...items });
  };
}

function prepareForSize<Values extends object, Item, Row>(
  db: SqlDatabase,
  options: {
    readonly size: number;
    readonly build: (param: Params<Values>, list: readonly Item[]) => Compilable<Row>;
  },
): (values: Values & Record<number, Item>) => Promise<readonly Row[]> {
  const { size, build } = options;
  return prepare(db, (param: Params<Values & Record<number, Item>>) =>
    build(
      param,
      Array.from({ length: size }, (_, index) => param(index)),
    ),
  );
}
