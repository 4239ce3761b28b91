/** So long none may come while some are due: Redis answers within a millisecond, and in order. */
const SILENCE_MS = 1_000;

/**
 * The answers that are due, to tell a server that stands still from one that is slow. What is written to a connection keeps it
 * from being taken for dead, so that nothing more shall be written to one on which nothing comes back.
 */
export class Answers {
  #due = 0;
  /** Of the last answer, or of the question when there was none due. */
  #at = 0;

  get areOverdue(): boolean {
    return this.#due > 0 && performance.now() - this.#at > SILENCE_MS;
  }

  expect<T>(answer: Promise<T>): Promise<T> {
    if (this.#due === 0) this.#at = performance.now();
    this.#due += 1;
    const came = () => {
      this.#due -= 1;
      this.#at = performance.now();
    };
    answer.then(came, came);
    return answer;
  }
}
