import { DomainError } from '../../domain/errors.ts';

/** Conditions that pass or can be mended while the server runs: full, locked, unreadable, gone. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PERM)/;

/** A refusal for what is the disk's fault; anything else as it was, for it is a bug. */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Error) || !PASSING.test(sqliteCode(error))) return error;
  const refusal = new DomainError('unavailable', 'Nothing can be stored at the moment. Try again soon.');
  refusal.cause = error;
  return refusal;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
