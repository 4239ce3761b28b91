import type { Compilable } from 'kysely';
import { type Params, prepareNamed } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/**
 * Prepares a query that has a list of values. A prepared statement has a fixed number of parameters, so there is one for each power of
 * two, and the first item is repeated: the list must be one in which a repetition changes nothing, as after `in`.
 */
export function prepareForList<Values extends object, Item, Row>(
  db: SqlDatabase,
  build: (param: Params<Values>, list: readonly Item[]) => Compilable<Row>,
): (values: Values, list: readonly [Item, ...Item[]]) => Promise<readonly Row[]> {
  const statements = new Map<number, ReturnType<typeof prepareForSize<Values, Item, Row>>>();

  return (values, list) => {
    const size = list.length === 1 ? 1 : 2 ** Math.ceil(Math.log2(list.length));
    const statement = statements.get(size) ?? prepareForSize(db, { size, build });
    statements.set(size, statement);
    return statement((name) => (typeof name === 'number' ? (list[name] ?? list[0]) : Reflect.get(values, name)));
  };
}

/** The items are the parameters with numbers as their names. */
function prepareForSize<Values extends object, Item, Row>(
  db: SqlDatabase,
  options: {
    readonly size: number;
    readonly build: (param: Params<Values>, list: readonly Item[]) => Compilable<Row>;
  },
) {
  const { size, build } = options;
  return prepareNamed(db, (param: Params<Values & Record<number, Item>>) =>
    build(
      param,
      Array.from({ length: size }, (_, index) => param(index)),
    ),
  );
}
