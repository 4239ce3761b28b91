import { parseArgs } from 'node:util';
import type { Holdings } from '../adapters/sqlite/backup/copy-database.ts';
import { readConfig } from './config.ts';
import type { FilesConfig } from './files.ts';
import { UsageError } from './or-exit.ts';

export interface DatabaseCommand {
  /** The path of the database. */
  readonly database: string;
  readonly file: string;
  readonly mayReplace: boolean;
  readonly files: FilesConfig;
  /** The path of the list of deleted accounts. */
  readonly erasuresFile: string;
}

/** @throws UsageError, ConfigError */
export function readDatabaseCommand(name: string, what: string): DatabaseCommand {
  const usage = `Usage: npm run ${name} -- [--replace] ${what}`;
  const { file, mayReplace } = readArguments(usage);
  const { database, erasuresFile, files } = readConfig(process.env);
  switch (database.kind) {
    case 'sqlite':
      return {
        ...{ database: database.path, file, mayReplace, files },
        erasuresFile: erasuresFile ?? `${database.path}-erasures`,
      };
    case 'postgres':
      throw new UsageError(
        'DATABASE_URL names a PostgreSQL database: use pg_dump and pg_restore instead, and npm run move for the files.',
      );
    case 'memory':
      throw new UsageError('DATABASE_URL is memory:, which cannot be backed up or restored.');
    default:
      return database satisfies never;
  }
}

function readArguments(usage: string): { file: string; mayReplace: boolean } {
  try {
    const options = { replace: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (file && others.length === 0) return { file, mayReplace: values.replace };
  } catch {
    // An unknown option is answered with the usage.
  }
  throw new UsageError(usage);
}

/** E.g. `3 people, 2 chats, 1204 messages, the last of 2026-11-23T04:33:00.000Z, in 123456 bytes`. */
export function describeHoldings({ people, chats, messages, lastSentAt, bytes }: Holdings): string {
  const last = lastSentAt === undefined ? '' : `, the last of ${new Date(lastSentAt).toISOString()}`;
  return `${people} people, ${chats} chats, ${messages} messages${last}, in ${bytes} bytes`;
}
