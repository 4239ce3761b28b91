import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { openLog } from './log.ts';
import { readVersion } from './metrics.ts';
import { orExit } from './or-exit.ts';
import { START_PROBLEMS } from './start-problems.ts';

/** Maximum time of a stop. After that the process ends regardless. */
const STOP_PATIENCE_MS = 9_000;
const NO_START = 'The server cannot start';

/** Starts the server, says where it listens, and stops it at SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const config = await orExit(NO_START, async () => readConfig(process.env));
  const log = openLog(config.logLevel);
  const app = await orExit(NO_START, () => buildApp(config, log), START_PROBLEMS);

  process.on('uncaughtException', (err) => {
    log.error({ event: 'crashed', err }, 'an uncaught error ends the process');
    process.exit(1);
  });
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ event: 'server_stopping', signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    app.close().then(
      () => {
        log.info({ event: 'server_stopped' }, 'stopped');
        process.exit(0);
      },
      (err: unknown) => {
        log.error({ event: 'stop_failed', err }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  const { url, metricsUrl } = await orExit(NO_START, () => app.listen(), START_PROBLEMS);
  const { publicOrigin } = config;
  const versions = { version: readVersion(), node: process.version };
  const details = { event: 'server_started', url, public_origin: publicOrigin, metrics_url: metricsUrl, ...versions };
  log.info(details, `listening on ${url}${publicOrigin ? `, for ${publicOrigin}` : ''}`);
}
