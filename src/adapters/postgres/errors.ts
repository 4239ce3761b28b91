import pg from 'pg';
import { DomainError } from '../../domain/errors.ts';

/** Lock timeout, deadlock and serialization failure: nothing was done, and a retry is likely to succeed. */
const CONTENDED: ReadonlySet<string> = new Set(['55P03', '40P01', '40001']);

/**
 * Conditions that pass, or that can be fixed while the server runs, by class of SQLSTATE: lost connections (08), insufficient
 * resources (53: disk, memory, connections), operator intervention (57: shutdown, recovery, timeouts), system errors (58), and a
 * server that has become read-only (25006).
 */
const PASSING = /^(08|53|57|58|25006)/;

const LAST_WORDS: ReadonlySet<string> = new Set(['57P01', '57P02', '57P05', '25P03', '25P04']);

/** Whether the server answered with an error, as opposed to a lost connection. */
export function isStatementError(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

/** Whether the server ends the connection with this error: an administrator or a crash ended it, or it was idle for too long. */
export function isLastWord(error: unknown): boolean {
  return error instanceof pg.DatabaseError && LAST_WORDS.has(error.code ?? '');
}

export function isContended(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONTENDED.has(error.code ?? '');
}

/**
 * Whether the tables have changed since the connection planned the statement, because an instance of a newer version migrated
 * them. The statement will always fail on that connection.
 */
export function isOutdated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery';
}

/**
 * Turns a failure of the database or the network into a refusal. Any other error is a bug and is returned as it is. Errors that
 * are not the server's answer come from the connection.
 */
export function translatePostgresError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof pg.DatabaseError && !isContended(error) && !isOutdated(error) && !PASSING.test(error.code ?? ''))
    return error;
  const refusal = new DomainError('unavailable', 'Nothing can be stored at the moment. Try again soon.');
  refusal.cause = error;
  return refusal;
}
