import { sql } from 'kysely';
import type { Params } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The values of one execution, and the time where this process keeps the clock. */
export type Timed<Values> = Values & { readonly now: number };

/** The current time of the jobs' clock, in a query. */
export function nowIn<Values>({ jobsClock }: SqlDatabase, param: Params<Timed<Values>>) {
  return 'expression' in jobsClock ? jobsClock.expression : sql<number>`${param('now')}`;
}

/** Unused by the queries of a database that keeps the clock itself. */
export const timeOf = ({ jobsClock }: SqlDatabase): number => ('now' in jobsClock ? jobsClock.now() : 0);
