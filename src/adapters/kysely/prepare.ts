import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Stands in the builder for a value that comes with each execution. */
export type Params<Values> = <Name extends keyof Values>(name: Name) => Values[Name];

class Placeholder {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query that Kysely builds and compiles once, and executes with other values each time: building costs more than
 * SQLite takes to answer.
 */
export function prepare<Values extends object, Row>(
  db: Kysely<Schema>,
  build: (param: Params<Values>) => Compilable<Row>,
): (values: Values) => Promise<readonly Row[]> {
  // A placeholder passes for the value's type while the query is built; it never leaves this function.
  const compiled: CompiledQuery<Row> = build((name) => new Placeholder(name) as never).compile();

  return async (values) => {
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? Reflect.get(values, parameter.name) : parameter,
    );
    return (await db.executeQuery<Row>({ ...compiled, parameters })).rows;
  };
}
