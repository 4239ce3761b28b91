/** A follower that was sent a chunk and has yet to take it. */
interface SlowFollower {
  /** Ends the following: the chunk takes memory that others need. */
  giveUp(): void;
}

/**
 * Limits the catch-up chunks that have yet to leave, over all followers. Followers that missed different messages share
 * no chunk. Live messages are not counted: all followers share one buffer.
 */
export class UnsentChunks {
  readonly #maxBytes: number;
  /** The one that has waited longest comes first. */
  readonly #sizes = new Map<SlowFollower, number>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Past the limit, gives up the followers that have waited longest. */
  add(follower: SlowFollower, bytes: number): void {
    this.remove(follower);
    this.#sizes.set(follower, bytes);
    this.#bytes += bytes;
    for (const slowest of this.#sizes.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.remove(slowest);
      slowest.giveUp();
    }
  }

  remove(follower: SlowFollower): void {
    this.#bytes -= this.#sizes.get(follower) ?? 0;
    this.#sizes.delete(follower);
  }
}
