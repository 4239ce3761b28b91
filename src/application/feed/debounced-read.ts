import type { Timer } from '../ports/timer.ts';

interface DebouncedReadOptions<Value> {
  readonly timer: Timer;
  /** Shortest time between two reads, in milliseconds. */
  readonly betweenMs: number;
  read(): Promise<Value>;
  take(value: Value): void;
  /** A read failed. It is tried again after `betweenMs`. */
  failed(error: unknown): void;
}

/**
 * Reads a value again when it may have changed: at once after a quiet time, and otherwise at the end of the time that has to lie
 * between two reads, so that the last change is always read.
 */
export class DebouncedRead<Value> {
  readonly #options: DebouncedReadOptions<Value>;
  #readAt = Number.NEGATIVE_INFINITY;
  /** Something changed since the last read began. */
  #isStale = false;
  /** A read is under way or scheduled. */
  #isDue = false;

  constructor(options: DebouncedReadOptions<Value>) {
    this.#options = options;
  }

  changed(): void {
    this.#isStale = true;
    if (this.#isDue) return;
    this.#isDue = true;
    const { timer, betweenMs } = this.#options;
    const wait = this.#readAt + betweenMs - timer.elapsed();
    if (wait > 0) timer.after(wait, () => this.#refresh());
    else timer.soon(() => this.#refresh());
  }

  #refresh(): void {
    this.#readAt = this.#options.timer.elapsed();
    this.#isStale = false;
    this.#options
      .read()
      .then(
        (value) => this.#options.take(value),
        (error: unknown) => {
          this.#isStale = true;
          this.#options.failed(error);
        },
      )
      .finally(() => {
        this.#isDue = false;
        if (this.#isStale) this.changed();
      });
  }
}
