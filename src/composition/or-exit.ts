import { ConfigError } from './config-error.ts';

/** A command was called with the wrong arguments. The message is one line that shows how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs a command. When it fails, it prints one line for the operator instead of a stack trace, and exits: with status 2 after wrong
 * arguments, with status 1 after any other failure.
 * @param hints texts to print before the message of an error, by error code
 */
export async function orExit<T>(
  failure: string,
  begin: () => Promise<T>,
  hints: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    process.stderr.write(`${reasonOf(failure, error, hints)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

function reasonOf(failure: string, error: unknown, hints: Readonly<Record<string, string>>): string {
  if (!(error instanceof Error)) return `${failure}: ${String(error)}`;
  const [reason = ''] = error.message.split('\n');
  if (error instanceof ConfigError || error instanceof UsageError) return reason;
  const code = 'code' in error ? String(error.code) : '';
  // SQLite's extended codes begin with the primary code.
  const [, general = code] = code.match(/^(SQLITE_[A-Z]+)/) ?? [];
  return `${failure}: ${hints[general] ?? ''}${reason}`;
}
