import type { Compilable, CompiledQuery } from 'kysely';
import type { SqlDatabase } from './sql-database.ts';

/** A placeholder in the builder for a value of each execution. */
export type Params<Values> = <Name extends keyof Values>(name: Name) => Values[Name];

class Placeholder {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * Builds and compiles a query once, and runs it with other values each time. Building a query costs more than SQLite needs to
 * answer it, and executing it through Kysely costs as much again.
 */
export function prepare<Values extends object, Row>(
  db: SqlDatabase,
  build: (param: Params<Values>) => Compilable<Row>,
): (values: Values) => Promise<readonly Row[]> {
  const run = prepareNamed(db, build);
  return (values) => run((name) => Reflect.get(values, name));
}

/** The same with a function that looks up the value of each name. */
export function prepareNamed<Values extends object, Row>(
  db: SqlDatabase,
  build: (param: Params<Values>) => Compilable<Row>,
): (lookUp: (name: PropertyKey) => unknown) => Promise<readonly Row[]> {
  // While the query is built, a placeholder has the value's type. It never leaves this function.
  const { sql, parameters }: CompiledQuery<Row> = build((name) => new Placeholder(name) as never).compile();

  return (lookUp) => {
    const bound = parameters.map((parameter) =>
      parameter instanceof Placeholder ? lookUp(parameter.name) : parameter,
    );
    return db.run<Row>(sql, bound);
  };
}
