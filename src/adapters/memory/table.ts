/** What of a table can be read at one moment. */
export interface Rows<K, V> {
  get(key: K): V | undefined;
  values(): Iterable<V>;
}

/** Whether to read what is committed, or that with the running unit's changes over it. */
export type Moment = 'committed' | 'current';

/** Rows by key, with the changes of the running unit of work laid over what is committed: undoing costs nothing. */
export class Table<K, V extends NonNullable<unknown>> {
  readonly #name: string;
  readonly #rows = new Map<K, V>();
  /** Undefined where the row is to be removed. */
  readonly #changes = new Map<K, V | undefined>();

  readonly committed: Rows<K, V> = this.#rows;
  readonly current: Rows<K, V> = { get: (key) => this.#currentRow(key), values: () => this.#currentRows() };

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws Error when the key is taken: like a database's constraint, a mistake of the caller's */
  insert(key: K, row: V): void {
    if (this.current.get(key) !== undefined) throw new Error(`${this.#name}: ${key} is there already`);
    this.#changes.set(key, row);
  }

  put(key: K, row: V): void {
    this.#changes.set(key, row);
  }

  remove(key: K): void {
    this.#changes.set(key, undefined);
  }

  /** @throws Error when there is no such row: like a database's foreign key, a mistake of the caller's */
  require(key: K): V {
    const row = this.current.get(key);
    if (row === undefined) throw new Error(`${this.#name}: ${key} does not exist`);
    return row;
  }

  commit(): void {
    for (const [key, row] of this.#changes) {
      if (row === undefined) this.#rows.delete(key);
      else this.#rows.set(key, row);
    }
    this.#changes.clear();
  }

  rollback(): void {
    this.#changes.clear();
  }

  #currentRow(key: K): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#rows.get(key);
  }

  *#currentRows(): Iterable<V> {
    for (const [key, row] of this.#rows) if (!this.#changes.has(key)) yield row;
    for (const row of this.#changes.values()) if (row !== undefined) yield row;
  }
}
