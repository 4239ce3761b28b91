import type { Message } from '../../domain/messages/message.ts';
import type { Timer } from '../ports/timer.ts';

/**
 * A delivery costs a write for each follower, whether it carries one message or a hundred. So a busy chat delivers together,
 * no more often than this.
 */
const GATHER_MS = 10;
/** After a delivery it counts as busy so long for each follower: about four times what the delivery took. */
const BUSY_MS_PER_FOLLOWER = 0.02;
/**
 * To so many followers here a delivery takes milliseconds, and is not repeated sooner than this: what comes from other
 * instances comes in bursts, with a pause before each.
 */
const LARGE = 300;
const LARGE_GATHER_MS = 30;

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
    const followers = this.#followers();
    const idle = this.#timer.elapsed() - this.#deliveredAt;
    const gather = followers < LARGE ? GATHER_MS : LARGE_GATHER_MS;
    const busy = followers < LARGE ? followers * BUSY_MS_PER_FOLLOWER : LARGE_GATHER_MS;
    // What was committed together is published together, and then delivered together.
    if (idle >= busy) this.#timer.soon(flush);
    else this.#timer.after(gather - idle, flush);
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
