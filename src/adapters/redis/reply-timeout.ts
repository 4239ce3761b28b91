/** Longest wait for a reply: Redis replies within a millisecond. */
const TIMEOUT_MS = 1_000;

/**
 * Bounds the wait for a server that may have stopped replying without a word: a connection can stay open long after its other end is
 * gone. While one reply is overdue, further commands fail at once, so that their callers do not wait too.
 */
export class ReplyTimeout {
  #overdue = 0;

  /** The reply to `command`. Rejects after the timeout, and at once while an earlier reply is overdue. */
  async ask<T>(command: () => Promise<T>): Promise<T> {
    if (this.#overdue > 0) throw new Error('Redis does not reply at the moment.');
    const reply = command();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#countOverdue(reply);
        reject(new Error('Redis did not reply in time.'));
      }, TIMEOUT_MS);
    });
    try {
      return await Promise.race([reply, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #countOverdue(reply: Promise<unknown>): void {
    this.#overdue += 1;
    const came = () => {
      this.#overdue -= 1;
    };
    reply.then(came, came);
  }
}
