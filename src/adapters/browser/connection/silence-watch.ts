export interface SilenceLimits {
  /** A connection without a frame for this long is lost: the server sends one at least every 25 s. */
  readonly silentMs: number;
  /** Silence up to this long is normal. */
  readonly quietMs: number;
  /** Maximum time to wait for an answer. */
  readonly answerMs: number;
}

const LIMITS: SilenceLimits = { silentMs: 60_000, quietMs: 30_000, answerMs: 5_000 };

const LOOK_EVERY_MS = 5_000;

export interface SilenceOptions {
  /** Called when the other side is gone, although no event says so. */
  readonly lost: () => void;
  /** Sends a frame that is answered at once; returns false where there is none. */
  readonly ask: () => boolean;
  readonly limits?: SilenceLimits;
}

/**
 * Notices a half-open connection, as after the machine slept or the network changed. Browsers do not report pings to pages, so
 * only frames are signs of life.
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
    // By the wall clock, which goes on while the machine sleeps, unlike timers.
    this.#looking = setInterval(() => {
      if (this.#silence() > this.#limits.silentMs) this.#options.lost();
    }, LOOK_EVERY_MS);
  }

  heard(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#asked);
    this.#asked = undefined;
  }

  /** Finds out within seconds whether the other side is alive. */
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
    // A clock that was set back would hide the silence.
    this.#heardAt = Math.min(this.#heardAt, now);
    return now - this.#heardAt;
  }
}
