import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * Where a system component is that only tests use. When it is missing, the suites that need it are skipped and say so; in
 * CI, where it has to be, they fail.
 */
export function findComponent(command: string): { readonly path: string; readonly isMissing: boolean } {
  const path = findOnPath(command);
  if (path) return { path, isMissing: false };
  if (process.env.CI) throw new Error(`CI needs ${command}, and it is not on the PATH.`);
  process.stderr.write(`Skipping what needs ${command}: it is not on the PATH.\n`);
  return { path: '', isMissing: true };
}

/** Where a command is, if anywhere. */
export function findOnPath(command: string, others: readonly string[] = []): string | undefined {
  return [...(process.env.PATH ?? '').split(':'), ...others]
    .map((directory) => join(directory, command))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
