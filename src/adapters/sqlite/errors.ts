import { DomainError } from '../../domain/errors.ts';

/** Conditions that pass, or that can be fixed while the server runs: disk full, locked, I/O error, file missing. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PERM)/;

/** Turns a failure of the disk into a refusal. Any other error is a bug and is returned as it is. */
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

/** Whether the content of the file is not what SQLite wrote. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
