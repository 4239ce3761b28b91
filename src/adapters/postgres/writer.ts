import pg from 'pg';
import { translatePostgresError } from './errors.ts';
import { connectionSettings } from './settings.ts';

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
    const client = new pg.Client({ ...connectionSettings(this.#url), pipeline: true });
    // Without a listener a lost connection would end the process.
    client.on('error', () => this.#forget(client));
    client.on('end', () => this.#forget(client));
    try {
      await client.connect();
    } catch (error) {
      drop(client);
      throw translatePostgresError(error);
    }
    this.#client = client;
  }

  /** The connection of this moment. */
  get client(): pg.Client {
    if (!this.#client) throw translatePostgresError(new Error('The connection was lost.'));
    return this.#client;
  }

  /** For a connection of which nobody knows what state it is in. */
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

function drop(client: pg.Client): void {
  client.end().catch(() => undefined);
}
