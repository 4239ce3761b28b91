import { randomUUID } from 'node:crypto';
import type { Writer } from './writer.ts';

/** How long to wait before a lost commit counts as unknown. */
const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 200;

/** Fails when the transaction was refused: the column is not nullable. */
const MARK = `
  insert into writers (id, committed, refused) values ($1, $2, 0)
  on conflict (id) do update set
    committed = case when writers.refused < excluded.committed then excluded.committed end,
    marked_at = excluded.marked_at`;

/** Waits for a transaction that is still running, since both write to one row, and refuses all that have not committed yet. */
const ASK = `
  insert into writers (id, committed, refused) values ($1, 0, $2)
  on conflict (id) do update set refused = excluded.refused
  returning committed`;

/** No connection lives as long. */
const FORGET = "delete from writers where marked_at < now() - interval '7 days'";

/**
 * Numbers the transactions of this instance in a row that each of them updates. When the answer to a commit is lost, the row
 * tells whether the transaction committed. PostgreSQL's own transaction ids would not do: after a crash it reuses those that
 * were lost with the end of its log.
 */
export class CommitMarks {
  readonly #writer: Writer;
  readonly #instance = randomUUID();
  #last = 0;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Begins a transaction and returns its number. */
  begin(): number {
    this.#last += 1;
    if (this.#last === 1) this.#writer.send(FORGET);
    this.#writer.begin(MARK, [this.#instance, this.#last]);
    return this.#last;
  }

  /**
   * Whether the last transaction committed, when its connection was lost during the commit. After false it never commits, unless
   * the database did not answer in time. Without this a message could be stored although its author was told otherwise.
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
