/** Redis answers within a millisecond; whoever waits for it waits so long at the most. */
const PATIENCE_MS = 1_000;

/**
 * Asks somebody who may have stopped answering without a word: a connection can stay open for long with nobody behind it.
 * While one answer is overdue nobody else is kept waiting.
 */
export class Patience {
  #overdue = 0;

  /** What `question` answers; fails once it has taken too long, and at once while another one still does. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#overdue > 0) throw new Error('Redis does not answer at the moment.');
    const answer = question();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#wait(answer);
        reject(new Error('Redis did not answer in time.'));
      }, PATIENCE_MS);
    });
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #wait(answer: Promise<unknown>): void {
    this.#overdue += 1;
    const isThere = () => {
      this.#overdue -= 1;
    };
    answer.then(isThere, isThere);
  }
}
