import pg from 'pg';
import { isStatementError, translatePostgresError } from './errors.ts';
import { type Answer, Exchange, Prepared } from './exchange.ts';
import { connectionSettings, SESSION_SETTINGS } from './settings.ts';

/**
 * A transaction in which nothing is asked for so long belongs to an instance that stands still or is cut off. The server
 * ends it, since others wait for its locks.
 */
const IDLE_IN_TRANSACTION_MS = 3_000;

/** So long another's lock is waited for, on a chat's row for example, unless it is said otherwise. */
const LOCK_PATIENCE_MS = 2_000;

/**
 * A commit is one once it is on disk, whatever this server's setting is for others; stricter settings stay. And rows are
 * looked up by their keys: no plan that was made while a table was small shall read through it once it is large.
 */
const SETTINGS = `
  ${SESSION_SETTINGS}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS};
  select set_config('synchronous_commit', 'local', false) where current_setting('synchronous_commit') = 'off';
  set lock_timeout = ${LOCK_PATIENCE_MS}; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`;

/**
 * Of a table that it has never looked at the server believes that a chat has few messages, and reads all of them to find one; by
 * itself it looks within a minute. So it is asked to, as long as it knows of few, after so many transactions of a connection.
 */
const LOOK = `
  do $$ begin
    if (select reltuples < 1000 from pg_class where oid = to_regclass('messages')) then analyze messages; end if;
  exception when others then null;
  end $$`;
const LOOK_AT: ReadonlySet<number> = new Set([3, 10, 100, 1_000]);

interface Connected {
  readonly client: pg.Client;
  readonly prepared: Prepared;
  /** What is asked next: in this turn of the event loop, and until the last exchange is over. */
  next: Exchange | undefined;
  isBusy: boolean;
  transactions: number;
}

/** The one connection that writes: made when it is needed, and anew when it was lost. */
export class Writer {
  readonly #url: string;
  #connected: Connected | undefined;
  #begun: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws DomainError `unavailable` when there is none to be had */
  async connect(): Promise<void> {
    if (this.#connected) return;
    const client = new pg.Client(connectionSettings(this.#url));
    // Without a listener a lost connection would end the process.
    client.on('error', () => this.#forget(client));
    client.on('end', () => this.#forget(client));
    try {
      await client.connect();
      await client.query(SETTINGS);
    } catch (error) {
      drop(client);
      throw translatePostgresError(error);
    }
    this.#connected = { client, prepared: new Prepared(), next: undefined, isBusy: false, transactions: 0 };
  }

  /**
   * What is asked within one turn of the event loop leaves together.
   * @throws DomainError `unavailable`, at once, when the connection was lost
   */
  ask<Row>(text: string, values: readonly unknown[] = []): Promise<Answer<Row>> {
    const connected = this.#connected;
    if (!connected) throw translatePostgresError(new Error('The connection was lost.'));
    if (!connected.next) {
      connected.next = new Exchange(connected.prepared);
      setImmediate(() => leave(connected));
    }
    // What a row holds is what the statement selected.
    return connected.next.ask(text, values) as Promise<Answer<Row>>;
  }

  /** Without waiting for the answer: if it is an error, the transaction cannot be committed. */
  send(text: string, values?: readonly unknown[]): void {
    this.ask(text, values).catch(() => undefined);
  }

  /** Begins a transaction, and asks something in it first. */
  begin(text: string, values: readonly unknown[]): void {
    if (this.#connected) this.#connected.transactions += 1;
    if (LOOK_AT.has(this.#connected?.transactions ?? 0)) this.send(LOOK);
    this.#begun = Promise.all([this.ask('begin'), this.ask(text, values)]);
    this.#begun.catch(() => undefined);
  }

  /** Fails when no transaction was begun: then each statement would be one of its own. */
  get begun(): Promise<unknown> {
    return this.#begun;
  }

  /**
   * False when nothing was committed, since something in the transaction had failed. Throws when the answer is not known.
   */
  async commit(): Promise<boolean> {
    try {
      const { command } = await this.ask('commit');
      return command === 'COMMIT';
    } catch (error) {
      if (!isStatementError(error)) throw error;
      // What failed left together with the commit, which was passed over then. Throws where the server itself goes away.
      await this.ask('rollback');
      return false;
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.ask('rollback');
    } catch (error) {
      if (!isStatementError(error)) throw error;
      // Passed over as well.
      await this.ask('rollback');
    }
  }

  /** For a connection of which nobody knows what state it is in. What it was asked and has not answered fails. */
  discard(): void {
    const connected = this.#connected;
    this.#connected = undefined;
    if (connected) drop(connected.client);
  }

  async close(): Promise<void> {
    const connected = this.#connected;
    this.#connected = undefined;
    await connected?.client.end();
  }

  #forget(client: pg.Client): void {
    if (this.#connected?.client === client) this.#connected = undefined;
  }
}

/** One exchange after another: the server answers them so in any case. */
function leave(connected: Connected): void {
  const { client, next } = connected;
  if (!next || connected.isBusy) return;
  connected.next = undefined;
  connected.isBusy = true;
  next.callback = () => {
    connected.isBusy = false;
    leave(connected);
  };
  client.query(next);
}

/** Not by `end`, which would wait for the answers to all that was asked. */
function drop(client: pg.Client): void {
  client.connection.stream.destroy();
}
