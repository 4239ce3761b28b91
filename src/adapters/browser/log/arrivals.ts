import type { WireMessage } from '../../wire/message.ts';

/** Where nobody looks there are no frames. */
const UNSEEN_MS = 100;

/** Gathers what arrives until the next frame: however much comes, the page is laid out once for it. */
export class Arrivals {
  readonly #show: (messages: readonly WireMessage[]) => void;
  #waiting: WireMessage[] = [];

  constructor(show: (messages: readonly WireMessage[]) => void) {
    this.#show = show;
    // A frame that was asked for before the page was hidden does not come.
    document.addEventListener('visibilitychange', () => this.flush());
  }

  add(message: WireMessage): void {
    this.#waiting.push(message);
    if (this.#waiting.length > 1) return;
    if (document.hidden) setTimeout(() => this.flush(), UNSEEN_MS);
    else requestAnimationFrame(() => this.flush());
  }

  /** Before anything else that changes the log. */
  flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    if (messages.length > 0) this.#show(messages);
  }
}
