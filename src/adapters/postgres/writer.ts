import pg from 'pg';
import { translatePostgresError } from './errors.ts';
import { connectionSettings } from './settings.ts';

/**
 * A transaction in which nothing is asked for so long belongs to an instance that stands still or is cut off. The server
 * ends it, since others wait for its locks.
 */
const IDLE_IN_TRANSACTION_MS = 3_000;

/** A commit is one once it is on disk, whatever this server's setting is for others. Stricter settings stay. */
const DURABLE =
  "select set_config('synchronous_commit', 'local', false) where current_setting('synchronous_commit') = 'off'";

/** The one connection that writes: made when it is needed, and anew when it was lost. */
export class Writer {
  readonly #url: string;
  #client: pg.Client | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws DomainError `unavailable` when there is none to be had */
  async connect(): Promise<void> {
    if (this.#client) return;
    const client = new pg.Client({
      ...connectionSettings(this.#url),
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      pipeline: true,
    });
    // Without a listener a lost connection would end the process.
    client.on('error', () => this.#forget(client));
    client.on('end', () => this.#forget(client));
    try {
      await client.connect();
      await client.query(DURABLE);
    } catch (error) {
      drop(client);
      throw translatePostgresError(error);
    }
    this.#client = client;
  }

  /** The connection of this moment. What it is asked within one turn of the loop leaves together. */
  get client(): pg.Client {
    if (!this.#client) throw translatePostgresError(new Error('The connection was lost.'));
    const { stream } = this.#client.connection;
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return this.#client;
  }

  /** For a connection of which nobody knows what state it is in. What it was asked and has not answered fails. */
  discard(): void {
    const client = this.#client;
    this.#client = undefined;
    if (client) drop(client);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #forget(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
  }
}

/** Not by `end`, which would wait for the answers to all that was asked. */
function drop(client: pg.Client): void {
  client.connection.stream.destroy();
}
