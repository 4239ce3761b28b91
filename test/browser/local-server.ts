import { expect } from 'vitest';
import { type App, buildApp } from '../../src/composition/app.ts';
import { readConfig } from '../../src/composition/config.ts';
import { PASSWORD_HASHER } from '../../src/composition/tokens.ts';
import { instantPasswordHasher, type RecordingLog, recordingLog } from '../fakes.ts';
import { Served } from '../system/served.ts';

/** The whole app in the tests' own process, for pages that only need something to answer them. */
export class LocalServer extends Served {
  readonly #app: App;
  readonly #log: RecordingLog;

  private constructor(url: string, app: App, log: RecordingLog) {
    super(url);
    this.#app = app;
    this.#log = log;
  }

  static async start(): Promise<LocalServer> {
    const log = recordingLog();
    const config = readConfig({ PORT: '0', DATABASE_URL: 'memory:', RATE_LIMITS: 'off', LINK_CARDS: 'off' });
    const app = await buildApp(config, log, (wiring) => wiring.bind(PASSWORD_HASHER, () => instantPasswordHasher()));
    return new LocalServer((await app.listen()).url, app, log);
  }

  /** Fails when anything went wrong that no client was told. */
  async stop(): Promise<void> {
    await this.#app.close();
    expect(this.#log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  }
}
