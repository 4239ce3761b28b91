import { type PostLimit, PostThrottle } from './post-throttle.ts';

/** So many frames of one socket wait at the most; past that the socket is not read until half of them have begun. */
const MOST_WAITING = 64;
/** So many are in the works at once: the storage commits what it has been given in order, and together. */
const MOST_BEGUN = 32;

export interface FrameHandler {
  /**
   * Begins to handle a frame. What is to be said about it is in the answer, refusals and bugs too: it never rejects.
   * Frames begun one after another take effect in that order.
   */
  begin(frame: string): Promise<Answer>;
  pause(): void;
  resume(): void;
  /** Of work that nobody awaits: it rejects with what an answer throws. */
  watch(work: Promise<void>): void;
  /** More came than is taken, for too long. */
  giveUp(reason: 'flood'): void;
}

export type Answer = () => void;

/** One socket's frames: begun in the order in which they came, and answered in that order. */
export class Inbound {
  readonly #handler: FrameHandler;
  readonly #limit: PostLimit | undefined;
  /** Made when something comes in: most sockets only listen. */
  #throttle: PostThrottle | undefined;
  #waiting: string[] = [];
  readonly #begun: Promise<Answer>[] = [];
  /** Frames that come before `start` wait for it. */
  #isStarted = false;
  #isAnswering = false;
  #isPaused = false;
  #isHeld = false;
  #isThrottled = false;
  #isFinishing = false;
  #onIdle: (() => void) | undefined;

  constructor(handler: FrameHandler, limit: PostLimit | undefined) {
    this.#handler = handler;
    this.#limit = limit;
  }

  /** While more has come than may begin, nothing is read. */
  get isThrottled(): boolean {
    return this.#isThrottled;
  }

  start(): Promise<void> {
    this.#isStarted = true;
    return this.#work();
  }

  /** Rejects with what an answer throws. */
  push(frame: string): Promise<void> {
    if (this.#isFinishing) return Promise.resolve();
    this.#waiting.push(frame);
    if (this.#waiting.length >= MOST_WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#handler.pause();
    }
    return this.#work();
  }

  /** Begins nothing and reads nothing until `release`. */
  hold(): void {
    this.#isHeld = true;
    this.#handler.pause();
  }

  release(): Promise<void> {
    this.#isHeld = false;
    this.#readOn();
    return this.#work();
  }

  /** Forgets what has not begun. */
  clear(): void {
    this.#waiting = [];
  }

  /** Takes no more, and resolves when all that it had taken is answered. Nobody waits for what was held back. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    if (this.#isThrottled || this.#isHeld) this.clear();
    const isIdle = this.#begun.length === 0 && this.#waiting.length === 0;
    return isIdle ? Promise.resolve() : new Promise((resolve) => (this.#onIdle = resolve));
  }

  async #work(): Promise<void> {
    if (!this.#isStarted) return;
    this.#begin();
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    try {
      for (let next = this.#begun[0]; next; next = this.#begun[0]) {
        const answer = await next;
        this.#begun.shift();
        answer();
        this.#begin();
      }
    } finally {
      this.#isAnswering = false;
      this.#onIdle?.();
    }
  }

  #begin(): void {
    while (this.#waiting.length > 0 && this.#begun.length < MOST_BEGUN && !this.#isHeld && this.#mayBegin()) {
      const frame = this.#waiting.shift();
      if (frame !== undefined) this.#begun.push(this.#handler.begin(frame));
    }
    if (!this.#isPaused || this.#waiting.length > MOST_WAITING / 2) return;
    this.#isPaused = false;
    this.#readOn();
  }

  #readOn(): void {
    if (!this.#isPaused && !this.#isHeld && !this.#isThrottled) this.#handler.resume();
  }

  #mayBegin(): boolean {
    if (this.#limit === undefined || this.#isFinishing) return true;
    if (this.#isThrottled) return false;
    this.#throttle ??= new PostThrottle(this.#limit);
    const wait = this.#throttle.take();
    if (wait === 0) return true;
    if (this.#throttle.isFlood()) this.#handler.giveUp('flood');
    else this.#holdBack(this.#limit, wait);
    return false;
  }

  /** What has come stays where it is, in its order, and what has not come stays with the sender. */
  #holdBack({ timer }: PostLimit, ms: number): void {
    this.#isThrottled = true;
    this.#handler.pause();
    timer.after(ms, () => {
      this.#isThrottled = false;
      this.#handler.watch(this.#work());
      this.#readOn();
    });
  }
}
