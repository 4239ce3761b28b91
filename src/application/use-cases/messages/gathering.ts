import type { Message } from '../../../domain/messages/message.ts';
import type { Timer } from '../../ports/timer.ts';

/** A busy chat delivers together, no more often than this: a write costs the same for one message as for a hundred. */
const GATHER_MS = 10;
/** What a delivery may cost a follower's share of the time: after one, a chat counts as busy so long for each of them. */
const BUSY_MS_PER_FOLLOWER = 0.02;

/** Delivers a chat's messages: at once when the chat was quiet, else gathered. */
export class Gathering {
  readonly #timer: Timer;
  readonly #deliver: (messages: readonly Message[]) => void;
  readonly #followers: () => number;
  #pending: Message[] = [];
  #deliveredAt = Number.NEGATIVE_INFINITY;
  #isDue = false;

  constructor(options: {
    readonly timer: Timer;
    readonly deliver: (messages: readonly Message[]) => void;
    /** How many there are to deliver to. */
    readonly followers: () => number;
  }) {
    this.#timer = options.timer;
    this.#deliver = options.deliver;
    this.#followers = options.followers;
  }

  add(message: Message): void {
    this.#pending.push(message);
    if (this.#isDue) return;
    this.#isDue = true;
    const flush = () => {
      this.#isDue = false;
      this.flush();
    };
    const idle = this.#timer.elapsed() - this.#deliveredAt;
    const isQuiet = idle >= Math.min(GATHER_MS, this.#followers() * BUSY_MS_PER_FOLLOWER);
    // What was committed together is published together, and then delivered together.
    if (isQuiet) queueMicrotask(flush);
    else this.#timer.after(GATHER_MS - idle, flush);
  }

  /** Delivers now what is held back, if anything. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const messages = this.#pending;
    this.#pending = [];
    this.#deliveredAt = this.#timer.elapsed();
    this.#deliver(messages);
  }
}
