import { makePinoLog } from '../adapters/pino/log.ts';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

/** Longest time that a stop may take before the process ends regardless. */
const STOP_PATIENCE_MS = 9_000;

/** Starts the server, says where it listens, and stops it at SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const config = await orExit(async () => readConfig(process.env));
  const log = makePinoLog({ level: config.logLevel });
  const app = await orExit(() => buildApp(config, log));

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ event: 'server_stopping', signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    app.close().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ event: 'stop_failed', err }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  const { url } = await orExit(() => app.listen());
  const { publicOrigin } = config;
  const details = { event: 'server_started', url, public_origin: publicOrigin, node: process.version };
  log.info(details, `listening on ${url}${publicOrigin ? `, for ${publicOrigin}` : ''}`);
}

/** Whoever starts a server can mend what keeps it from starting, and needs one line to know it, not a stack. */
async function orExit<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [reason = ''] = error.message.split('\n');
  if (error instanceof ConfigError) return reason;
  const code = 'code' in error ? String(error.code) : '';
  return `The server cannot start: ${START_PROBLEMS[code] ?? ''}${reason}`;
}

/** Which variable is behind the usual errors of the system. */
const START_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT is taken. ',
  EACCES: 'PORT or the file of DATABASE_URL is not permitted. ',
  EADDRNOTAVAIL: 'HOST is no address of this machine. ',
  ENOTFOUND: 'HOST is no address of this machine. ',
  EAI_AGAIN: 'HOST is no address of this machine. ',
  ENOENT: 'The directory of DATABASE_URL does not exist. ',
  EISDIR: 'DATABASE_URL names a directory. ',
  SQLITE_BUSY: 'The file of DATABASE_URL is locked by another program. ',
  SQLITE_NOTADB: 'DATABASE_URL names a file that is no database. ',
  SQLITE_CORRUPT: 'The file of DATABASE_URL is damaged. ',
  SQLITE_READONLY: 'The file of DATABASE_URL cannot be written. ',
};
