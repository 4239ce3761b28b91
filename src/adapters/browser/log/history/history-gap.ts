export interface HistoryGapOptions {
  /** Loads the latest history; resolves with false when that failed. */
  readonly load: () => Promise<boolean>;
  /** Called when it failed, so that the next connection brings another attempt. */
  readonly failed: () => void;
}

/** History that the page lacks because too much was missed or the data was restored; it is loaded until that succeeds. */
export class HistoryGap {
  readonly #options: HistoryGapOptions;
  #isOpen = false;

  constructor(options: HistoryGapOptions) {
    this.#options = options;
  }

  open(): void {
    this.#isOpen = true;
    this.fill();
  }

  /** Loads the history if some is missing. */
  fill(): void {
    if (!this.#isOpen) return;
    const { load, failed } = this.#options;
    load().then((isLoaded) => {
      if (isLoaded) this.#isOpen = false;
      else failed();
    }, console.error);
  }
}
