import type { ReactionsFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';

export type Arrival = WireMessage | ReactionsFrame;

/** Delay in a hidden page, for which browsers run no animation frames. */
const HIDDEN_MS = 100;

/** Where frames take longer than this, changes are shown between them too: otherwise each frame would have more to show. */
const SLOW_FRAME_MS = 50;

/**
 * Maximum changes that are shown at once, so that it does not take longer than a reader notices. Of a longer queue, as after a lost
 * connection, a quarter is shown.
 */
const MAX_AT_ONCE = 20;
const SHARE_OF_QUEUE = 1 / 4;

/** Batches arriving messages and reactions until the next animation frame, so that all of a frame cost one layout. */
export class Arrivals {
  readonly #show: (arrived: readonly Arrival[]) => void;
  readonly #waiting: Arrival[] = [];

  /** @param signal aborted when the tab no longer shows the chat */
  constructor(show: (arrived: readonly Arrival[]) => void, signal: AbortSignal) {
    this.#show = show;
    // The browser does not run a frame that was requested before the page was hidden.
    document.addEventListener('visibilitychange', () => this.flush(), { signal });
    signal.addEventListener('abort', () => this.#waiting.splice(0));
  }

  add(arrival: Arrival): void {
    this.#waiting.push(arrival);
    if (this.#waiting.length === 1) this.#showSoon();
  }

  /** Shows everything. Must be called before any other change of the log. */
  flush(): void {
    this.#showFirst(this.#waiting.length);
  }

  #showSoon(): void {
    if (document.hidden) setTimeout(() => this.flush(), HIDDEN_MS);
    else {
      const show = () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        this.#showSome();
      };
      const frame = requestAnimationFrame(show);
      const timer = setTimeout(show, SLOW_FRAME_MS);
    }
  }

  #showSome(): void {
    this.#showFirst(Math.max(MAX_AT_ONCE, Math.ceil(this.#waiting.length * SHARE_OF_QUEUE)));
    if (this.#waiting.length > 0) this.#showSoon();
  }

  #showFirst(count: number): void {
    const arrived = this.#waiting.splice(0, count);
    if (arrived.length > 0) this.#show(arrived);
  }
}

/** The last state of each message, in the place of the first: a message is rendered once in a frame. */
export function lastStates<State extends Arrival>(arrived: readonly State[]): readonly State[] {
  const last = new Map<number, State>();
  for (const state of arrived) {
    if ((last.get(state.position)?.revision ?? 0) <= state.revision) last.set(state.position, state);
  }
  return [...last.values()];
}
