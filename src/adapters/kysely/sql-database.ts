import { type Dialect, Kysely, type RawBuilder } from 'kysely';
import type { RunStatement } from './run-statement.ts';
import type { Schema } from './schema.ts';
import type { GramIndex } from './search-grams.ts';

/** The clock of jobs, in milliseconds: an expression for the database's server, or a function of this process. */
export type JobsClock = { readonly expression: RawBuilder<number> } | { readonly now: () => number };

/** Kysely builds the queries; `run` executes compiled ones in the dialect's shortest way. */
export class SqlDatabase extends Kysely<Schema> {
  readonly run: RunStatement;
  /**
   * Whether reading a row that a decision rests on locks it until the commit. Needed where several processes run units of work
   * concurrently.
   */
  readonly locksWhatItReads: boolean;
  readonly jobsClock: JobsClock;
  /** Selects the size of the database as `bytes`. */
  readonly sizeQuery: string;
  /** How the database finds texts. */
  readonly grams: GramIndex;

  constructor(options: {
    readonly dialect: Dialect;
    readonly run: RunStatement;
    readonly locksWhatItReads?: boolean;
    readonly jobsClock: JobsClock;
    readonly sizeQuery: string;
    readonly grams: GramIndex;
  }) {
    super({ dialect: options.dialect });
    this.run = options.run;
    this.locksWhatItReads = options.locksWhatItReads ?? false;
    this.jobsClock = options.jobsClock;
    this.sizeQuery = options.sizeQuery;
    this.grams = options.grams;
  }
}
