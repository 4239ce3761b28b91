import { type Dialect, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Runs one statement. What a row holds is what the query, typed by the schema, selected. */
export type RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** Kysely to build queries with, and the dialect's shortest way to run those that are built. */
export class SqlDatabase extends Kysely<Schema> {
  readonly run: RunStatement;
  /**
   * Whether a row that a decision rests on has to be locked when it is read, so that it still stands when the decision is
   * committed. Needed where units of work of several processes run side by side.
   */
  readonly locksWhatItReads: boolean;

  constructor(options: { readonly dialect: Dialect; readonly run: RunStatement; readonly locksWhatItReads?: boolean }) {
    super({ dialect: options.dialect });
    this.run = options.run;
    this.locksWhatItReads = options.locksWhatItReads ?? false;
  }
}
