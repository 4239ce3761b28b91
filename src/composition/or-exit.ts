import { ConfigError } from './config-error.ts';

/** Whoever runs a command can mend what keeps it from its work, and needs one line to know it, not a stack. */
export async function orExit<T>(failure: string, begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    process.stderr.write(`${reasonOf(failure, error)}\n`);
    process.exit(1);
  }
}

function reasonOf(failure: string, error: unknown): string {
  if (!(error instanceof Error)) return `${failure}: ${String(error)}`;
  const [reason = ''] = error.message.split('\n');
  if (error instanceof ConfigError) return reason;
  const code = 'code' in error ? String(error.code) : '';
  // SQLite's codes become more exact to the right.
  const [, general = code] = code.match(/^(SQLITE_[A-Z]+)/) ?? [];
  return `${failure}: ${PROBLEMS[general] ?? ''}${reason}`;
}

/** Which variable is behind the usual errors of the system. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT is taken. ',
  EACCES: 'PORT or the file of DATABASE_URL is not permitted. ',
  EPERM: 'The file of DATABASE_URL is not permitted. ',
  EADDRNOTAVAIL: 'HOST is no address of this machine. ',
  ENOTFOUND: 'HOST is no address of this machine. ',
  EAI_AGAIN: 'HOST is no address of this machine. ',
  ENOENT: 'The directory of DATABASE_URL does not exist and cannot be made. ',
  ENOTDIR: 'The directory of DATABASE_URL is none. ',
  EISDIR: 'DATABASE_URL names a directory. ',
  EROFS: 'The file or the directory of DATABASE_URL cannot be written. ',
  ENOSPC: 'The disk of DATABASE_URL is full. ',
  SQLITE_BUSY: 'The file of DATABASE_URL is locked by another program. ',
  SQLITE_NOTADB: 'DATABASE_URL names a file that is no database. ',
  SQLITE_CORRUPT: 'The file of DATABASE_URL is damaged. ',
  SQLITE_READONLY: 'The file of DATABASE_URL cannot be written. ',
  SQLITE_CANTOPEN: 'The file of DATABASE_URL cannot be opened. ',
  SQLITE_FULL: 'The disk of DATABASE_URL is full. ',
  SQLITE_IOERR: 'The disk of DATABASE_URL is full or failing. ',
};
