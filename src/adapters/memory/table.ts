/** The readable rows of a table at one moment. */
export interface Rows<K, V> {
  get(key: K): V | undefined;
  values(): Iterable<V>;
}

/** Whether to read the committed rows, or those with the changes of the running unit. */
export type Moment = 'committed' | 'current';

/** Rows by key. The changes of the running unit of work are an overlay, so a rollback costs nothing. */
export class Table<K, V extends NonNullable<unknown>> {
  readonly #name: string;
  readonly #rows = new Map<K, V>();
  /** Undefined for a removed row. */
  readonly #changes = new Map<K, V | undefined>();

  readonly committed: Rows<K, V> = this.#rows;
  readonly current: Rows<K, V> = { get: (key) => this.#currentRow(key), values: () => this.#currentRows() };

  constructor(name: string) {
    this.#name = name;
  }

  /** All committed rows with their keys. */
  entries(): Iterable<readonly [K, V]> {
    return this.#rows;
  }

  /** @throws Error when the key exists: like the violation of a constraint, a mistake of the caller */
  insert(key: K, row: V): void {
    if (this.current.get(key) !== undefined) throw new Error(`${this.#name}: ${key} already exists`);
    this.#changes.set(key, row);
  }

  put(key: K, row: V): void {
    this.#changes.set(key, row);
  }

  remove(key: K): void {
    this.#changes.set(key, undefined);
  }

  /** @throws Error when the row is missing: like the violation of a foreign key, a mistake of the caller */
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
