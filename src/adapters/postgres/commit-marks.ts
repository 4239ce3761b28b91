import { randomUUID } from 'node:crypto';
import type { Writer } from './writer.ts';

/** Whoever waits for the commit hears so long nothing, and then that it is not known. */
const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 200;

/** Fails where the transaction was given up: the column takes no null. */
const MARK = `
  insert into writers (id, committed, refused) values ($1, $2, 0)
  on conflict (id) do update set
    committed = case when writers.refused < excluded.committed then excluded.committed end,
    marked_at = excluded.marked_at`;

/** Waits for a transaction that is still under way, since both write to one row, and lets none of those before it commit. */
const ASK = `
  insert into writers (id, committed, refused) values ($1, 0, $2)
  on conflict (id) do update set refused = excluded.refused
  returning committed`;

/** No connection outlives it. */
const FORGET = "delete from writers where marked_at < now() - interval '7 days'";

/**
 * Numbers this instance's transactions, in a row that each of them writes to, so that what became of one can be asked when
 * the answer to its commit was lost. PostgreSQL's own numbers would not do: those that a crash takes out of its log are
 * given to other transactions after it.
 */
export class CommitMarks {
  readonly #writer: Writer;
  readonly #instance = randomUUID();
  #last = 0;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Begins a transaction and answers its number. */
  begin(): number {
    this.#last += 1;
    if (this.#last === 1) this.#writer.send(FORGET);
    this.#writer.begin(MARK, [this.#instance, this.#last]);
    return this.#last;
  }

  /**
   * What became of the last transaction, whose connection was lost at its commit. When false is answered it never commits,
   * unless the database could not be asked in time. Without this a message could be stored and its author be told otherwise.
   */
  async wasCommitted(transaction: number): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      try {
        return (await this.#ask(transaction)) === transaction;
      } catch {
        this.#writer.discard();
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    }
    return false;
  }

  async #ask(transaction: number): Promise<number | undefined> {
    await this.#writer.connect();
    const { rows } = await this.#writer.ask<{ committed: number }>(ASK, [this.#instance, transaction]);
    return rows[0]?.committed;
  }
}
