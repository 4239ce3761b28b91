/** Browsers tell assistive technology about a change some time after it was made. */
const SETTLE_MS = 100;

/** What assistive technology reads aloud from a log: everything that is added, unless it is silenced. */
export class Announcements {
  readonly #log: HTMLElement;
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor(log: HTMLElement) {
    this.#log = log;
  }

  /** Makes a change that is not announced. */
  silence(change: () => void): void {
    this.#log.ariaLive = 'off';
    this.#log.ariaBusy = 'true';
    change();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => {
      this.#log.ariaLive = null;
      this.#log.ariaBusy = null;
    }, SETTLE_MS);
  }
}
