import { ConfigError } from './config-error.ts';

/** A command that was not given what it needs; the message is one line that says what that is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Whoever runs a command can mend what keeps it from its work, and needs one line to know it, not a stack. The process ends
 * with 2 when the command was used wrongly, and with 1 when it failed.
 * @param hints what to say before the message of an error, by its code
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
  // SQLite's codes become more exact to the right.
  const [, general = code] = code.match(/^(SQLITE_[A-Z]+)/) ?? [];
  return `${failure}: ${hints[general] ?? ''}${reason}`;
}
