import pg from 'pg';
import { isLastWord, isStatementError, translatePostgresError } from './errors.ts';
import { Exchange, Prepared, type StatementResult } from './exchange.ts';
import { connectionSettings, SESSION_SETTINGS } from './settings.ts';

/**
 * A transaction that is idle for this long belongs to an instance that hangs or is cut off. The server ends it, because others
 * wait for its locks.
 */
const IDLE_IN_TRANSACTION_MS = 3_000;

/** Default lock time-out, for example for a chat's row. */
const LOCK_PATIENCE_MS = 2_000;

/**
 * Commits wait for the disk, whatever the server's default is; stricter settings are kept. Rows are looked up by key only: a plan
 * that was made while a table was small must not scan it when it is large.
 */
const SETTINGS = `
  ${SESSION_SETTINGS}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS};
  select set_config('synchronous_commit', 'local', false) where current_setting('synchronous_commit') = 'off';
  set lock_timeout = ${LOCK_PATIENCE_MS}; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`;

/**
 * For a table without statistics the planner assumes that a chat has few messages, and scans all of them to find one.
 * Autovacuum collects statistics within a minute. Until then the table is analyzed after certain numbers of transactions.
 */
const ANALYZE = `
  do $$ begin
    if (select reltuples < 1000 from pg_class where oid = to_regclass('messages')) then analyze messages; end if;
  exception when others then null;
  end $$`;
const ANALYZE_AFTER: ReadonlySet<number> = new Set([3, 10, 100, 1_000]);

interface Connected {
  readonly client: pg.Client;
  readonly prepared: Prepared;
  /** Collects statements during this turn of the event loop, and until the previous exchange ends. */
  next: Exchange | undefined;
  isBusy: boolean;
  transactions: number;
}

/** The connection that writes. It is opened when it is needed, and again after it was lost. */
export class Writer {
  readonly #url: string;
  #connected: Connected | undefined;
  #begun: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws DomainError `unavailable` when the connection cannot be opened */
  async connect(): Promise<void> {
    if (this.#connected) return;
    const client = new pg.Client(connectionSettings(this.#url));
    // Without a listener a lost connection would end the process.
    client.on('error', () => this.#forget(client));
    client.on('end', () => this.#forget(client));
    // Before it ends, the server says why. A statement that is sent to it now would get no answer.
    client.connection.on('errorMessage', (error: unknown) => isLastWord(error) && this.#forget(client));
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
   * Sends a statement. Those of one turn of the event loop leave in one write.
   * @throws DomainError `unavailable`, synchronously, when the connection was lost
   */
  ask<Row>(text: string, values: readonly unknown[] = []): Promise<StatementResult<Row>> {
    const connected = this.#connected;
    if (!connected) throw translatePostgresError(new Error('The connection was lost.'));
    if (!connected.next) {
      connected.next = new Exchange(connected.prepared);
      setImmediate(() => leave(connected));
    }
    // The rows have the shape that the statement selected.
    return connected.next.ask(text, values) as Promise<StatementResult<Row>>;
  }

  /** Sends a statement without waiting for its result. If it fails, the transaction cannot be committed. */
  send(text: string, values?: readonly unknown[]): void {
    this.ask(text, values).catch(() => undefined);
  }

  /** Begins a transaction with a first statement. */
  begin(text: string, values: readonly unknown[]): void {
    if (this.#connected) this.#connected.transactions += 1;
    if (ANALYZE_AFTER.has(this.#connected?.transactions ?? 0)) this.send(ANALYZE);
    this.#begun = Promise.all([this.ask('begin'), this.ask(text, values)]);
    this.#begun.catch(() => undefined);
  }

  /** Rejects when no transaction was begun. Without one, each statement would commit by itself. */
  get begun(): Promise<unknown> {
    return this.#begun;
  }

  /** Returns false when a failed statement prevented the commit. Throws when the outcome is unknown. */
  async commit(): Promise<boolean> {
    try {
      const { command } = await this.ask('commit');
      return command === 'COMMIT';
    } catch (error) {
      if (!isStatementError(error)) throw error;
      // The failed statement was in the same exchange, so the server skipped the commit. Throws when the server is gone.
      await this.ask('rollback');
      return false;
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.ask('rollback');
    } catch (error) {
      if (!isStatementError(error)) throw error;
      // The server skipped this rollback too.
      await this.ask('rollback');
    }
  }

  /** Closes a connection in an unknown state. Statements without an answer fail. */
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

/** Sends one exchange at a time: the server would answer them one by one in any case. */
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

/** Unlike `end` it does not wait for outstanding answers. */
function drop(client: pg.Client): void {
  client.connection.stream.destroy();
}
