import type { Actor } from '../../application/actor.ts';
import type { Sender, Turns } from './turns.ts';

/** Maximum frames of one socket that wait; past that the socket is not read until half of them have begun. */
const MAX_WAITING = 64;
/** Maximum frames in progress: the storage commits what it has been given in order, and as one batch. */
const MAX_BEGUN = 32;

/** Where the turns are taken that frames of one budget wait for. */
export type FrameTurns = Pick<Turns, 'enter' | 'leave'>;

export interface FrameHandler<Frame> {
  /**
   * Begins to handle a frame. The answer writes the reply; refusals and bugs are in it too, so this never rejects for them.
   * Frames that are begun one after another take effect in that order.
   */
  begin(frame: Frame): Promise<Answer>;
  turnsFor(frame: Frame): FrameTurns;
  pause(): void;
  resume(): void;
  /** Of work that is not awaited. It rejects with what an answer throws. */
  watch(work: Promise<void>): void;
  /** More frames came than the budget allows, for too long. */
  giveUp(reason: 'flood'): void;
}

export type Answer = () => void;

/** One socket's frames: begun and answered in the order in which they came. */
export class Inbound<Frame> implements Sender {
  readonly #handler: FrameHandler<Frame>;
  readonly #actor: Actor;
  #waiting: Frame[] = [];
  readonly #begun: Promise<Answer>[] = [];
  /** Frames that come before `start` wait for it. */
  #isStarted = false;
  #isAnswering = false;
  #isPaused = false;
  #isHeld = false;
  /** Where the next frame waits for its turn. */
  #awaited: FrameTurns | undefined;
  /** The next frame has had its turn. */
  #hasTurn = false;
  #isFinishing = false;
  #onIdle: (() => void) | undefined;

  constructor(handler: FrameHandler<Frame>, actor: Actor) {
    this.#handler = handler;
    this.#actor = actor;
  }

  /** The next frame waits for its turn, and the socket is not read. */
  get isThrottled(): boolean {
    return this.#awaited !== undefined;
  }

  start(): Promise<void> {
    this.#isStarted = true;
    return this.#work();
  }

  /** Rejects with what an answer throws. */
  push(frame: Frame): Promise<void> {
    if (this.#isFinishing) return Promise.resolve();
    this.#waiting.push(frame);
    if (this.#waiting.length >= MAX_WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#handler.pause();
    }
    return this.#work();
  }

  /** Begins no frame and reads nothing until `release`. */
  hold(): void {
    this.#isHeld = true;
    this.#handler.pause();
  }

  release(): Promise<void> {
    this.#isHeld = false;
    this.#readOn();
    return this.#work();
  }

  /** Drops the frames that have not begun. */
  clear(): void {
    this.#waiting = [];
    this.#awaited?.leave(this.#actor, this);
  }

  proceed(): void {
    this.#awaited = undefined;
    this.#hasTurn = true;
    this.#handler.watch(this.#work());
    this.#readOn();
  }

  /** Takes no more frames, and resolves when those that have come are answered. Frames that are held back are dropped. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    if (this.isThrottled || this.#isHeld) this.clear();
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
    while (this.#begun.length < MAX_BEGUN && !this.#isHeld) {
      const frame = this.#waiting[0];
      if (frame === undefined || !this.#mayBegin(frame)) break;
      this.#waiting.shift();
      this.#begun.push(this.#handler.begin(frame));
    }
    if (!this.#isPaused || this.#waiting.length > MAX_WAITING / 2) return;
    this.#isPaused = false;
    this.#readOn();
  }

  #readOn(): void {
    if (!this.#isPaused && !this.#isHeld && !this.isThrottled) this.#handler.resume();
  }

  /** Past the budget, frames that have come wait in their order, and the rest stays with the sender. */
  #mayBegin(frame: Frame): boolean {
    if (this.#isFinishing) return true;
    if (this.isThrottled) return false;
    const turns = this.#handler.turnsFor(frame);
    const turn = this.#hasTurn ? 'begin' : turns.enter(this.#actor, this);
    this.#hasTurn = false;
    if (turn === 'wait') {
      this.#awaited = turns;
      this.#handler.pause();
    }
    if (turn === 'flood') this.#handler.giveUp('flood');
    return turn === 'begin';
  }
}
