import { sql } from 'kysely';
import type { Params } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Values that come with each execution, and the time where this process tells it. */
export type Timed<Values> = Values & { readonly now: number };

/** The present moment in a query, by the clock of jobs. */
export function nowIn<Values>({ jobsClock }: SqlDatabase, param: Params<Timed<Values>>) {
  return 'expression' in jobsClock ? jobsClock.expression : sql<number>`${param('now')}`;
}

/** Passed over by the queries of a database that has a clock of its own. */
export const timeOf = ({ jobsClock }: SqlDatabase): number => ('now' in jobsClock ? jobsClock.now() : 0);
