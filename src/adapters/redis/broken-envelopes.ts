import type { Log } from '../../application/ports/log.ts';

/** Shortest time between two lines in the log. */
const BETWEEN_MS = 60_000;

/** Counts the texts on our channels that no release of this product sends, and tells of them without filling the log. */
export class BrokenEnvelopes {
  readonly #log: Log;
  #untold = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(log: Log) {
    this.#log = log;
  }

  add(channel: string): void {
    this.#untold += 1;
    const now = performance.now();
    if (now - this.#toldAt < BETWEEN_MS) return;
    this.#log.warn(
      { event: 'broken_envelopes', channel, count: this.#untold },
      'something other than Shoal publishes on its channels in Redis; it was ignored',
    );
    this.#toldAt = now;
    this.#untold = 0;
  }
}
