import { type Dialect, Kysely, type RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** Runs one statement. What a row holds is what the query, typed by the schema, selected. */
export type RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** What tells the time of jobs, in milliseconds: an expression that the database's server evaluates, or this process. */
export type JobsClock = { readonly expression: RawBuilder<number> } | { readonly now: () => number };

/** Kysely to build queries with, and the dialect's shortest way to run those that are built. */
export class SqlDatabase extends Kysely<Schema> {
  readonly run: RunStatement;
  /**
   * Whether a row that a decision rests on has to be locked when it is read, so that it still stands when the decision is
   * committed. Needed where units of work of several processes run side by side.
   */
  readonly locksWhatItReads: boolean;
  readonly jobsClock: JobsClock;

  constructor(options: {
    readonly dialect: Dialect;
    readonly run: RunStatement;
    readonly locksWhatItReads?: boolean;
    readonly jobsClock: JobsClock;
  }) {
    super({ dialect: options.dialect });
    this.run = options.run;
    this.locksWhatItReads = options.locksWhatItReads ?? false;
    this.jobsClock = options.jobsClock;
  }
}
