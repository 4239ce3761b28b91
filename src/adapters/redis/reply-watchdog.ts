/** Longest silence while replies are outstanding: Redis replies within a millisecond, and in order. */
const SILENCE_MS = 1_000;

/**
 * Counts the outstanding replies, to tell a server that stands still from one that is slow. Anything that is written to a connection
 * keeps the connection from being taken for dead, so nothing more must be written while replies are overdue.
 */
export class ReplyWatchdog {
  #outstanding = 0;
  /** When the last reply came, or the first outstanding command was sent after a pause. */
  #at = 0;

  get areOverdue(): boolean {
    return this.#outstanding > 0 && performance.now() - this.#at > SILENCE_MS;
  }

  expect<T>(reply: Promise<T>): Promise<T> {
    if (this.#outstanding === 0) this.#at = performance.now();
    this.#outstanding += 1;
    const came = () => {
      this.#outstanding -= 1;
      this.#at = performance.now();
    };
    reply.then(came, came);
    return reply;
  }
}
