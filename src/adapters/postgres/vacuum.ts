import pg from 'pg';
import { connectionSettings } from './settings.ts';

const BETWEEN_MS = 5 * 60_000;

/** Skips tables that another instance or autovacuum is already processing. */
const VACUUM = 'vacuum (skip_locked) messages, message_versions, mentions, reports, past_facts, search_texts, users';

/**
 * Makes the server remove old row versions soon after text was erased. Autovacuum waits until a fifth of a table has changed.
 * Failures are ignored, because autovacuum runs in any case.
 */
export class Vacuum {
  readonly #url: string;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;

  constructor(url: string) {
    this.#url = url;
  }

  /** Starts a vacuum at once, or five minutes after the last one. */
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
