import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { Timer } from '../ports/timer.ts';

/**
 * Minimum time between two deliveries of a busy chat, in milliseconds. A delivery costs one write per follower, whether it carries
 * one message or a hundred.
 */
const GATHER_MS = 10;
/** After a delivery the chat counts as busy for this long per follower: about four times what the delivery took. */
const BUSY_MS_PER_FOLLOWER = 0.02;
/**
 * From this many followers on, a delivery takes milliseconds and is repeated less often: messages from other instances come in
 * bursts, with a pause before each.
 */
const LARGE = 300;
const LARGE_GATHER_MS = 30;
/**
 * Deliveries without waiting after one that no other message joined. A few senders that wait for their own messages before they
 * post again send nothing meanwhile, so that waiting only delays them.
 */
const SKIPPED_AFTER_VAIN = 32;

/** Delivers a chat's messages: at once when the chat was quiet or waiting is in vain, else in batches. */
export class Gathering {
  readonly #timer: Timer;
  readonly #deliver: (changes: readonly ChatChange[]) => void;
  readonly #followers: () => number;
  #pending: ChatChange[] = [];
  #deliveredAt = Number.NEGATIVE_INFINITY;
  #isDue = false;
  /** The messages that were published together with the first pending one are pending too. */
  #isWaiting = false;
  #hasJoined = false;
  #skips = 0;

  constructor(options: {
    readonly timer: Timer;
    readonly deliver: (changes: readonly ChatChange[]) => void;
    /** How many there are to deliver to. */
    readonly followers: () => number;
  }) {
    this.#timer = options.timer;
    this.#deliver = options.deliver;
    this.#followers = options.followers;
  }

  add(change: ChatChange): void {
    this.#pending.push(change);
    if (this.#isWaiting) this.#hasJoined = true;
    if (this.#isDue) return;
    this.#isDue = true;
    const wait = this.#wait();
    // What was committed together is published together, and then delivered together.
    if (wait === 0) this.#timer.soon(() => this.#flushDue());
    else this.#gather(wait);
  }

  /** Delivers now what is held back, if anything. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const changes = this.#pending;
    this.#pending = [];
    this.#deliveredAt = this.#timer.elapsed();
    this.#deliver(changes);
  }

  #wait(): number {
    const followers = this.#followers();
    const idle = this.#timer.elapsed() - this.#deliveredAt;
    const busy = followers < LARGE ? followers * BUSY_MS_PER_FOLLOWER : LARGE_GATHER_MS;
    if (idle >= busy) return 0;
    if (this.#skips > 0) {
      this.#skips -= 1;
      return 0;
    }
    return Math.max(0, (followers < LARGE ? GATHER_MS : LARGE_GATHER_MS) - idle);
  }

  #gather(wait: number): void {
    this.#hasJoined = false;
    this.#timer.soon(() => {
      this.#isWaiting = true;
    });
    this.#timer.after(wait, () => {
      this.#isWaiting = false;
      if (!this.#hasJoined) this.#skips = SKIPPED_AFTER_VAIN;
      this.#flushDue();
    });
  }

  #flushDue(): void {
    this.#isDue = false;
    this.flush();
  }
}
