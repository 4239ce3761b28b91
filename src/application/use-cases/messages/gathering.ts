import type { Message } from '../../../domain/messages/message.ts';
import type { Timer } from '../../ports/timer.ts';

/**
 * A delivery costs a write for each follower, whether it carries one message or a hundred. So a busy chat delivers together:
 * the larger it is the less often, within these bounds.
 */
const GATHER_MS_PER_FOLLOWER = 0.06;
const SHORTEST_GATHER_MS = 10;
const LONGEST_GATHER_MS = 30;
/** After a delivery a chat counts as busy so long for each follower: about eight times what the delivery took. */
const BUSY_MS_PER_FOLLOWER = 0.04;

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
    const gather = Math.min(LONGEST_GATHER_MS, Math.max(SHORTEST_GATHER_MS, followers * GATHER_MS_PER_FOLLOWER));
    // What was committed together is published together, and then delivered together.
    if (idle >= Math.min(gather, followers * BUSY_MS_PER_FOLLOWER)) this.#timer.soon(flush);
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
