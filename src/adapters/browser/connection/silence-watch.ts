export interface SilenceLimits {
  /** A connection is lost after this long without a frame: the server sends one at least every 25 s. */
  readonly silentMs: number;
  /** Longest time without a frame that needs no reason. */
  readonly quietMs: number;
  /** How long the answer to a question is waited for. */
  readonly answerMs: number;
}

const LIMITS: SilenceLimits = { silentMs: 60_000, quietMs: 30_000, answerMs: 5_000 };

const LOOK_EVERY_MS = 5_000;

export interface SilenceOptions {
  /** The other side is gone, though nothing has said so. */
  readonly lost: () => void;
  /** Sends what the other side answers at once; false where there is no such thing. */
  readonly ask: () => boolean;
  readonly limits?: SilenceLimits;
}

/**
 * Notices a connection that is open in name only, as after a machine slept or a network changed. Browsers do not tell pages
 * of pings, so that only frames are signs of life.
 */
export class SilenceWatch {
  readonly #options: SilenceOptions;
  readonly #limits: SilenceLimits;
  #heardAt = 0;
  #looking: ReturnType<typeof setInterval> | undefined;
  #asked: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SilenceOptions) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  begin(): void {
    this.stop();
    this.heard();
    // By the wall clock, which goes on while the machine sleeps; a timer of the whole length would not.
    this.#looking = setInterval(() => {
      if (this.#silence() > this.#limits.silentMs) this.#options.lost();
    }, LOOK_EVERY_MS);
  }

  heard(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#asked);
    this.#asked = undefined;
  }

  /** Finds out within seconds whether the other side is there. */
  ask(): void {
    if (this.#asked !== undefined) return;
    const { silentMs, quietMs, answerMs } = this.#limits;
    const silence = this.#silence();
    if (silence > silentMs) this.#options.lost();
    else if (this.#options.ask()) this.#asked = setTimeout(this.#options.lost, answerMs);
    else if (silence > quietMs) this.#options.lost();
  }

  stop(): void {
    clearInterval(this.#looking);
    clearTimeout(this.#asked);
    this.#asked = undefined;
  }

  #silence(): number {
    const now = Date.now();
    // A clock that was set back would hide any silence.
    this.#heardAt = Math.min(this.#heardAt, now);
    return now - this.#heardAt;
  }
}
