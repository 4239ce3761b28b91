import { DomainError } from '../../domain/errors.ts';

/** Conditions that pass or can be mended while the server runs: full, locked, unreadable, gone. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PERM)/;

/** A refusal for what is the disk's fault; anything else as it was, for it is a bug. */
export function translateSqliteError(error: unknown): unknown {
  return isPassing(error) ? refusal(error) : error;
}

export function refusal(cause: unknown): DomainError {
  const refused = new DomainError('unavailable', 'Nothing can be stored at the moment. Try again soon.');
  refused.cause = cause;
  return refused;
}

export function isPassing(error: unknown): boolean {
  return PASSING.test(sqliteCode(error));
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

export function isFull(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_FULL';
}

/** What stands in the file is not what SQLite wrote there. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
