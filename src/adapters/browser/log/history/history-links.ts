import { part } from '../../shell/part.ts';

export type Direction = 'earlier' | 'later';

type Loads = Readonly<Record<Direction | 'latest', () => void>>;

/** Distance from an end of the log at which its link counts as in sight, so that the reader seldom waits. */
const AHEAD = '600px 0px';

/** The links at the two ends of the log, which load more of the chat. Scrolling to one has the same effect as a click. */
export class HistoryLinks {
  readonly #log: HTMLElement;
  readonly #load: Loads;
  readonly #signal: AbortSignal;
  #observer: IntersectionObserver | undefined;

  /** @param signal aborted when the tab no longer shows the chat */
  constructor(log: HTMLElement, load: Loads, signal: AbortSignal) {
    this.#log = log;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#observer?.disconnect());
    this.#load = load;
    log.addEventListener('click', (event) => {
      const direction = directionOf(event.target);
      if (!direction || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const isToLatest = event.target instanceof Element && event.target.closest('[data-latest]') !== null;
      load[isToLatest ? 'latest' : direction]();
    });
  }

  /** Looks which links are in sight now, and from now on: an observer reports only changes. */
  watch(): void {
    if (this.#signal.aborted) return;
    this.#observer?.disconnect();
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const direction = directionOf(target.querySelector('a'));
          if (isIntersecting && direction) this.#load[direction]();
        }
      },
      { root: this.#log, rootMargin: AHEAD },
    );
    for (const line of this.#log.querySelectorAll('[data-way]')) this.#observer.observe(line);
  }

  show({ hasEarlier, hasLater, from, to }: Ends): void {
    this.#lead('earlier', hasEarlier, `?before=${from}`);
    this.#lead('later', hasLater, `?after=${to}`);
  }

  /** An attribute that is set to the value it has is still work for the browser, and this is called at each change of the log. */
  #lead(direction: Direction, isShown: boolean, search: string): void {
    const line = this.#line(direction);
    if (line.hidden === isShown) line.hidden = !isShown;
    if (!isShown) return;
    const link = part(line, 'a', HTMLAnchorElement);
    if (link.search !== search) link.search = search;
  }

  say(direction: Direction, problem: string | undefined): void {
    const element = part(this.#line(direction), '.problem', HTMLElement);
    element.textContent = problem ?? '';
    element.hidden = problem === undefined;
  }

  #line(direction: Direction): HTMLElement {
    return part(this.#log, `[data-way="${direction}"]`, HTMLElement);
  }
}

interface Ends {
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly from: number;
  readonly to: number;
}

function directionOf(target: EventTarget | null): Direction | undefined {
  if (!(target instanceof Element) || !target.closest('a')) return undefined;
  const way = target.closest<HTMLElement>('[data-way]')?.dataset.way;
  return way === 'earlier' || way === 'later' ? way : undefined;
}
