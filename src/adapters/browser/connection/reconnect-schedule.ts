import { patientDelay, reconnectDelay, STABLE_AFTER_MS, streamDelay } from './backoff.ts';

/** Decides when the next socket is opened. */
export class ReconnectSchedule {
  readonly #openSocket: () => void;
  /** Since the last stable connection. */
  #failures = 0;
  #next: ReturnType<typeof setTimeout> | undefined;
  #stable: ReturnType<typeof setTimeout> | undefined;
  /** Attempts that came to nothing since a socket was connected. */
  failedAttempts = 0;
  /** A healthy server did not let the last attempt in. */
  isTurnedAway = false;

  constructor(openSocket: () => void) {
    this.#openSocket = openSocket;
  }

  hasConnected(): void {
    this.failedAttempts = 0;
    this.isTurnedAway = false;
    this.#stable = setTimeout(() => {
      this.#failures = 0;
    }, STABLE_AFTER_MS);
  }

  afterLoss(): void {
    const random = Math.random();
    this.#openAfter(this.isTurnedAway ? patientDelay(random) : reconnectDelay(this.#failures, random));
    this.#failures += 1;
  }

  /** While HTTP stands in for sockets. */
  besideStream(): void {
    this.failedAttempts += 1;
    this.#openAfter(streamDelay(this.failedAttempts, Math.random()));
  }

  cancel(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#stable);
  }

  #openAfter(ms: number): void {
    this.#next = setTimeout(this.#openSocket, ms);
  }
}
