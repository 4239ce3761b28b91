import type { Timer } from '../ports/timer.ts';

/** Pause after a read that failed. */
const RETRY_MS = 1_000;

/** Tries again after a pause, once for all failures meanwhile. */
export class RetryLater {
  readonly #timer: Timer;
  readonly #retry: () => void;
  #isWaiting = false;

  constructor(timer: Timer, retry: () => void) {
    this.#timer = timer;
    this.#retry = retry;
  }

  failed(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#timer.after(RETRY_MS, () => {
      this.#isWaiting = false;
      this.#retry();
    });
  }
}
