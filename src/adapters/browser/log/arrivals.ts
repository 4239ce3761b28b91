import type { ReactionsFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';

export type Arrival = WireMessage | ReactionsFrame;

/** Delay in a hidden page, for which browsers run no animation frames. */
const HIDDEN_MS = 100;

/** Batches arriving messages and reactions until the next animation frame, so that any number of them costs one layout. */
export class Arrivals {
  readonly #show: (arrived: readonly Arrival[]) => void;
  #waiting: Arrival[] = [];

  constructor(show: (arrived: readonly Arrival[]) => void) {
    this.#show = show;
    // The browser does not run a frame that was requested before the page was hidden.
    document.addEventListener('visibilitychange', () => this.flush());
  }

  add(arrival: Arrival): void {
    this.#waiting.push(arrival);
    if (this.#waiting.length > 1) return;
    if (document.hidden) setTimeout(() => this.flush(), HIDDEN_MS);
    else requestAnimationFrame(() => this.flush());
  }

  /** Must be called before any other change of the log. */
  flush(): void {
    const arrived = this.#waiting;
    this.#waiting = [];
    if (arrived.length > 0) this.#show(arrived);
  }
}
