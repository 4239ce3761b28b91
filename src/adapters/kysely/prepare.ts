import type { Compilable, CompiledQuery } from 'kysely';
import type { SqlDatabase } from './sql-database.ts';

/** Stands in the builder for a value that comes with each execution. */
export type Params<Values> = <Name extends keyof Values>(name: Name) => Values[Name];

class Placeholder {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query that Kysely builds and compiles once, and that is run with other values each time: building costs more than
 * SQLite takes to answer, and Kysely's own way to a connection as much again.
 */
export function prepare<Values extends object, Row>(
  db: SqlDatabase,
  build: (param: Params<Values>) => Compilable<Row>,
): (values: Values) => Promise<readonly Row[]> {
  // A placeholder passes for the value's type while the query is built; it never leaves this function.
  const { sql, parameters }: CompiledQuery<Row> = build((name) => new Placeholder(name) as never).compile();

  return (values) => {
    const bound = parameters.map((parameter) =>
      parameter instanceof Placeholder ? Reflect.get(values, parameter.name) : parameter,
    );
    return db.run<Row>(sql, bound);
  };
}
