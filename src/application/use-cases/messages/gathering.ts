import type { Message } from '../../../domain/messages/message.ts';
import type { Timer } from '../../ports/timer.ts';

/** A chat that was quiet delivers at once; one that was not gathers for so many milliseconds and delivers together. */
const GATHER_MS = 10;

/** Holds messages back for a moment when there are many, because a delivery costs the same for one as for a hundred. */
export class Gathering {
  readonly #timer: Timer;
  readonly #deliver: (messages: readonly Message[]) => void;
  #pending: Message[] = [];
  #deliveredAt = Number.NEGATIVE_INFINITY;
  #isTimerSet = false;

  constructor({ timer, deliver }: { timer: Timer; deliver: (messages: readonly Message[]) => void }) {
    this.#timer = timer;
    this.#deliver = deliver;
  }

  add(message: Message): void {
    this.#pending.push(message);
    if (this.#isTimerSet) return;
    const left = this.#deliveredAt + GATHER_MS - this.#timer.elapsed();
    if (left <= 0) {
      this.flush();
      return;
    }
    this.#isTimerSet = true;
    this.#timer.after(left, () => {
      this.#isTimerSet = false;
      this.flush();
    });
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
