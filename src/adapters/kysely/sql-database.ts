import { type Dialect, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Runs one statement. What a row holds is what the query, typed by the schema, selected. */
export type RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** Kysely to build queries with, and the dialect's shortest way to run those that are built. */
export class SqlDatabase extends Kysely<Schema> {
  readonly run: RunStatement;

  constructor({ dialect, run }: { dialect: Dialect; run: RunStatement }) {
    super({ dialect });
    this.run = run;
  }
}
