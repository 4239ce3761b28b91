/** Reads what was missed: once for all callers at the same time, and again while there is more or more was heard of. */
export class CatchingUp {
  readonly #readSome: () => Promise<boolean>;
  #underWay: Promise<void> | undefined;
  #hasHeardMore = false;

  /** `readSome` answers whether there is more. */
  constructor(readSome: () => Promise<boolean>) {
    this.#readSome = readSome;
  }

  get hasHeardMore(): boolean {
    return this.#hasHeardMore;
  }

  /** Something happened that a run under way may have been too early to read. */
  hearMore(): void {
    this.#hasHeardMore = true;
  }

  run(): Promise<void> {
    this.#underWay ??= this.#readAll();
    return this.#underWay;
  }

  async #readAll(): Promise<void> {
    try {
      let isMore: boolean;
      do {
        this.#hasHeardMore = false;
        isMore = await this.#readSome();
      } while (this.#hasHeardMore || isMore);
    } finally {
      this.#underWay = undefined;
    }
  }
}
