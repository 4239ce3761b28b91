import { pino } from 'pino';
import { buildApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

/** Longest time that a stop may take before the process ends regardless. */
const STOP_PATIENCE_MS = 9_000;

/** Starts the server, says where it listens, and stops it at SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const config = readConfigOrExit();
  const log = pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime });
  const app = await buildApp(config, log);
  const { url } = await app.listen();
  log.info({ url }, `listening on ${url}`);

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function readConfigOrExit() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
