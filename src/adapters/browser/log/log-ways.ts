import { part } from '../shell/part.ts';

export type Way = 'earlier' | 'later';

/** How far from an end its way is looked for, so that who scrolls on seldom waits. */
const AHEAD = '600px 0px';

/** The ways out of the log, one at each end: links, which are also taken by scrolling there. */
export class LogWays {
  readonly #log: HTMLElement;
  readonly #take: Readonly<Record<Way, () => void>>;
  #observer: IntersectionObserver | undefined;

  constructor(log: HTMLElement, take: Readonly<Record<Way, () => void>>) {
    this.#log = log;
    this.#take = take;
    log.addEventListener('click', (event) => {
      const way = wayOf(event.target);
      if (!way || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      take[way]();
    });
  }

  /** Begins to look which of them come into sight, or looks anew: an observer tells of changes only. */
  watch(): void {
    this.#observer?.disconnect();
    this.#observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          const way = wayOf(target.querySelector('a'));
          if (isIntersecting && way) this.#take[way]();
        }
      },
      { root: this.#log, rootMargin: AHEAD },
    );
    for (const way of this.#log.querySelectorAll('[data-way]')) this.#observer.observe(way);
  }

  show({ hasEarlier, hasLater, from }: { hasEarlier: boolean; hasLater: boolean; from: number }): void {
    const earlier = this.#way('earlier');
    earlier.hidden = !hasEarlier;
    part(earlier, 'a', HTMLAnchorElement).search = `?before=${from}`;
    this.#way('later').hidden = !hasLater;
  }

  say(way: Way, problem: string | undefined): void {
    const line = part(this.#way(way), '.problem', HTMLElement);
    line.textContent = problem ?? '';
    line.hidden = problem === undefined;
  }

  #way(way: Way): HTMLElement {
    return part(this.#log, `[data-way="${way}"]`, HTMLElement);
  }
}

function wayOf(target: EventTarget | null): Way | undefined {
  if (!(target instanceof Element) || !target.closest('a')) return undefined;
  const way = target.closest<HTMLElement>('[data-way]')?.dataset.way;
  return way === 'earlier' || way === 'later' ? way : undefined;
}
