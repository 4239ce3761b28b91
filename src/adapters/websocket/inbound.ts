/** So many frames of one socket wait at the most; past that the socket is not read until half of them are done. */
const MOST_WAITING = 64;

export interface FrameHandler {
  /** Refusals are answered to the sender; a rejection is a bug and closes the socket. */
  handle(frame: string): Promise<void>;
  pause(): void;
  resume(): void;
}

/** One socket's frames, handled strictly one after another: the next begins when the one before is answered. */
export class Inbound {
  readonly #handler: FrameHandler;
  #waiting: string[] = [];
  /** Frames that come before `start` wait for it. */
  #isBusy = true;
  #isPaused = false;
  #isFinishing = false;
  #onIdle: (() => void) | undefined;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  start(): Promise<void> {
    this.#isBusy = false;
    return this.#drain();
  }

  push(frame: string): Promise<void> {
    if (this.#isFinishing) return Promise.resolve();
    this.#waiting.push(frame);
    if (this.#waiting.length >= MOST_WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#handler.pause();
    }
    return this.#drain();
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes no more, and resolves when what it had taken is done. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    return this.#isBusy ? new Promise((resolve) => (this.#onIdle = resolve)) : Promise.resolve();
  }

  async #drain(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) {
        await this.#handler.handle(frame);
        this.#resumeIfLow();
      }
    } finally {
      this.#isBusy = false;
      this.#onIdle?.();
    }
  }

  #resumeIfLow(): void {
    if (!this.#isPaused || this.#waiting.length > MOST_WAITING / 2) return;
    this.#isPaused = false;
    this.#handler.resume();
  }
}
