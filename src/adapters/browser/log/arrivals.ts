import type { WireMessage } from '../../wire/message.ts';

/** Delay in a hidden page, for which browsers run no animation frames. */
const HIDDEN_MS = 100;

/** Batches arriving messages until the next animation frame, so that any number of them costs one layout. */
export class Arrivals {
  readonly #show: (messages: readonly WireMessage[]) => void;
  #waiting: WireMessage[] = [];

  constructor(show: (messages: readonly WireMessage[]) => void) {
    this.#show = show;
    // The browser does not run a frame that was requested before the page was hidden.
    document.addEventListener('visibilitychange', () => this.flush());
  }

  add(message: WireMessage): void {
    this.#waiting.push(message);
    if (this.#waiting.length > 1) return;
    if (document.hidden) setTimeout(() => this.flush(), HIDDEN_MS);
    else requestAnimationFrame(() => this.flush());
  }

  /** Must be called before any other change of the log. */
  flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    if (messages.length > 0) this.#show(messages);
  }
}
