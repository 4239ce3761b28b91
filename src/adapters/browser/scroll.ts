const NEAR_PX = 100;

/** The scrolling of the log: at its end it follows what comes, elsewhere it keeps its place. */
export class LogScroll {
  readonly #log: HTMLElement;
  #following = true;

  constructor(log: HTMLElement, rows: HTMLElement) {
    this.#log = log;
    log.addEventListener('scroll', () => {
      this.#following = this.#isNearEnd();
    });
    // The soft keyboard, a growing composer and a wrapping line all move the end away from under the reader.
    const sizes = new ResizeObserver(() => this.#following && this.toEnd());
    sizes.observe(log);
    sizes.observe(rows);
  }

  toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#following = true;
  }

  /** Adds to the end: a reader who is there follows, any other keeps the place. */
  arrive(change: () => void): void {
    if (this.#isNearEnd()) {
      change();
      this.toEnd();
    } else {
      this.keepPlace(change);
    }
  }

  /** Changes rows anywhere, with the first visible one staying where it is. */
  keepPlace(change: () => void): void {
    const row = this.#firstVisibleRow();
    const top = row?.getBoundingClientRect().top ?? 0;
    change();
    if (row?.isConnected) this.#log.scrollTop += row.getBoundingClientRect().top - top;
  }

  #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight <= NEAR_PX;
  }

  #firstVisibleRow(): Element | undefined {
    const edge = this.#log.getBoundingClientRect().top;
    for (const row of this.#log.querySelectorAll('article')) {
      if (row.getBoundingClientRect().bottom > edge) return row;
    }
    return undefined;
  }
}
