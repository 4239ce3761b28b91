const PATIENCE_MS = 10_000;

/**
 * How long an answer is waited for. All posts wait together: answers come in the order of the posts, so that each is a
 * sign of life for the next.
 */
export class Patience {
  readonly #lost: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lost: () => void) {
    this.#lost = lost;
  }

  begin(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#lost();
    }, PATIENCE_MS);
  }

  answered(isMoreAwaited: boolean): void {
    const wasWaiting = this.#timer !== undefined;
    this.end();
    if (wasWaiting && isMoreAwaited) this.begin();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
