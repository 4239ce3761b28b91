const TIMEOUT_MS = 10_000;

/**
 * The time to wait for an acknowledgement. All posts share one timer: acknowledgements come in the order of the posts, so each
 * is a sign of life for the next.
 */
export class AckTimeout {
  readonly #expired: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(expired: () => void) {
    this.#expired = expired;
  }

  begin(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#expired();
    }, TIMEOUT_MS);
  }

  acknowledged({ isMoreAwaited }: { readonly isMoreAwaited: boolean }): void {
    const wasWaiting = this.#timer !== undefined;
    this.end();
    if (wasWaiting && isMoreAwaited) this.begin();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
