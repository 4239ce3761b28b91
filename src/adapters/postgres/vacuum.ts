import pg from 'pg';
import { connectionSettings } from './settings.ts';

const BETWEEN_MS = 5 * 60_000;

/** Another instance that is at it, or the server itself, does the same: nobody waits for their locks. */
const VACUUM = 'vacuum (skip_locked) messages, message_versions';

/**
 * Has the server remove old versions of rows soon after words were erased: it keeps them, for its own autovacuum, until a fifth
 * of a table has changed. Fails in silence, since autovacuum comes in any case.
 */
export class Vacuum {
  readonly #url: string;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;

  constructor(url: string) {
    this.#url = url;
  }

  /** At once, or when five minutes have passed since the last time. */
  request(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#startedAt + BETWEEN_MS - performance.now());
    this.#timer = setTimeout(() => this.#start(), wait).unref();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    // Not by `end`, which would wait for the answer.
    this.#client?.connection.stream.destroy();
  }

  #start(): void {
    this.#timer = undefined;
    this.#startedAt = performance.now();
    void this.#run().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const client = new pg.Client({ ...connectionSettings(this.#url), statement_timeout: 0, query_timeout: 0 });
    // Without a listener a lost connection would end the process.
    client.on('error', () => undefined);
    this.#client = client;
    try {
      await client.connect();
      await client.query('set statement_timeout = 0');
      await client.query(VACUUM);
    } finally {
      this.#client = undefined;
      client.connection.stream.destroy();
    }
  }
}
