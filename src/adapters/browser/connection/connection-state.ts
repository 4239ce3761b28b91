import { cachedAt } from '../shell/cached-page.ts';
import type { Ending } from './close-codes.ts';

/** A loss that is over sooner, such as a change of network, is not shown. */
const GRACE_MS = 2_000;

export const SENTENCES: Readonly<Record<Ending, string>> = {
  'signed-out': 'You are signed out.',
  'not-a-member': 'You are not in this chat any more.',
  rejected: 'The server closed the connection. Load the page again to go on.',
};

const INTERCEPTED =
  'Something between this page and the server answers in its place, such as a sign-on that has expired. What you write is kept, and sent then.';

export interface ConnectionElements {
  /** The line that assistive technology announces. It is not visible. */
  readonly status: HTMLElement;
  /** The strip that is visible while something is wrong. */
  readonly banner: HTMLElement;
  /** The number of people online, which is out of date without a connection. */
  readonly online: HTMLElement;
}

/** Says how the connection is, until it has ended. A removed member's connection goes on unseen, for the list of chats. */
export class ConnectionDisplay {
  readonly #elements: ConnectionElements;
  #grace: ReturnType<typeof setTimeout> | undefined;
  /** When the page was cached, until there is a connection. */
  #cachedAt = cachedAt();
  #obstacle: 'turned-away' | 'intercepted' | undefined;
  #hasEnded = false;

  constructor(elements: ConnectionElements) {
    this.#elements = elements;
    if (this.#cachedAt === undefined) this.lost();
    else this.#sayLost();
  }

  connected(): void {
    if (this.#hasEnded) return;
    this.#cachedAt = undefined;
    this.#obstacle = undefined;
    this.#say('connected', 'Connected');
  }

  lost(): void {
    this.#grace ??= setTimeout(() => this.#sayLost(), GRACE_MS);
  }

  turnedAway(): void {
    this.#explain('turned-away');
  }

  intercepted(): void {
    this.#explain('intercepted');
  }

  withoutSockets(): void {
    if (!this.#hasEnded) this.#sayMore('connected', 'Connected without WebSocket');
  }

  ended(ending: Ending): void {
    this.#say('ended', SENTENCES[ending], SENTENCES[ending]);
    if (ending === 'signed-out') this.#offer(`/auth?next=${encodeURIComponent(location.pathname)}`, 'Sign in');
    if (ending === 'not-a-member') this.#offer('/', 'To your chats');
    this.#hasEnded = true;
  }

  #explain(obstacle: 'turned-away' | 'intercepted'): void {
    this.#obstacle = obstacle;
    if (this.#grace === undefined || this.#elements.status.dataset.state === 'lost') this.#sayLost();
  }

  #sayLost(): void {
    if (this.#hasEnded) return;
    const before = this.#cachedAt === undefined ? '' : ` This is the chat as it was at ${this.#cachedAt}.`;
    if (this.#obstacle === 'turned-away') this.#sayMore('lost', 'Not connected');
    else if (this.#obstacle === 'intercepted') {
      this.#say('lost', 'Not connected', INTERCEPTED);
      this.#offer(location.href, 'Load this page again');
    } else if (navigator.onLine)
      this.#say('lost', 'Reconnecting…', `Reconnecting.${before} What you write is kept, and sent then.`);
    else this.#say('lost', 'Offline', `You are offline.${before} What you write is kept, and sent when you are back.`);
  }

  #say(state: string, words: string, explained?: string): void {
    const { status, banner, online } = this.#elements;
    clearTimeout(this.#grace);
    this.#grace = undefined;
    status.dataset.state = state;
    if (state !== 'connected') online.hidden = true;
    if (status.textContent !== words) status.textContent = words;
    banner.textContent = explained ?? '';
    banner.hidden = explained === undefined;
  }

  /** Explained by a sentence that few readers need: it is loaded, which is possible since the server answers. */
  #sayMore(state: 'connected' | 'lost', words: string): void {
    this.#say(state, words);
    import('./obstacles.ts').then(
      ({ OBSTACLES }) => {
        if (this.#elements.status.textContent === words) this.#say(state, words, OBSTACLES[state]);
      },
      () => undefined,
    );
  }

  #offer(address: string, words: string): void {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = words;
    this.#elements.banner.append(' ', link);
  }
}
