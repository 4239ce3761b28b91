/** An open connection. */
export interface Tended {
  /** Called every 25 s. */
  ping(): void;
  /** Called once a second; `now` never steps back. */
  tend(now: number): void;
}

/** A peer that answers neither of two pings is gone, which is noticed within 50 s. */
const PING_EVERY_MS = 25_000;
const TEND_EVERY_MS = 1_000;

/** Two timers for all connections: none has a timer of its own. */
export class Heartbeat {
  readonly #pinging: NodeJS.Timeout;
  readonly #tending: NodeJS.Timeout;

  /** @param connections those that are open at the moment of the call */
  constructor(connections: () => Iterable<Tended>) {
    this.#pinging = setInterval(() => {
      for (const connection of connections()) connection.ping();
    }, PING_EVERY_MS).unref();
    this.#tending = setInterval(() => {
      const now = performance.now();
      for (const connection of connections()) connection.tend(now);
    }, TEND_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#pinging);
    clearInterval(this.#tending);
  }
}
