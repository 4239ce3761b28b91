import pg from 'pg';
import { DomainError } from '../../domain/errors.ts';

/** A lock was not to be had in time, or only by breaking a circle: nothing was done, and doing it again is likely to succeed. */
const CONTENDED: ReadonlySet<string> = new Set(['55P03', '40P01', '40001']);

/**
 * Conditions that pass or can be mended while the server runs, by class of SQLSTATE: lost connections (08), too few
 * resources (53: full disk, memory, connections), an operator's intervention (57: shutdown, recovery, timeouts), trouble of
 * the system (58), and a server that has become read-only (25006).
 */
const PASSING = /^(08|53|57|58|25006)/;

/** The server's own answer, and not that the connection was lost. */
export function isStatementError(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

export function isContended(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONTENDED.has(error.code ?? '');
}

/**
 * The tables have changed since the connection planned a statement: an instance of a newer version has brought them up to
 * date. On that connection it would fail for ever.
 */
export function isOutdated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery';
}

/**
 * A refusal for what is the database's or the network's fault; anything else as it was, for it is a bug. Errors that are
 * not the server's answer come from the connection.
 */
export function translatePostgresError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof pg.DatabaseError && !isContended(error) && !isOutdated(error) && !PASSING.test(error.code ?? ''))
    return error;
  const refusal = new DomainError('unavailable', 'Nothing can be stored at the moment. Try again soon.');
  refusal.cause = error;
  return refusal;
}
