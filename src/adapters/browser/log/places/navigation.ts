import type { Paging } from '../history/paging.ts';
import type { UnreadLine } from '../reading/unread-line.ts';
import { positionOf } from '../row-facts.ts';
import type { LogScroll } from '../scroll.ts';
import type { Timeline } from '../timeline.ts';
import { light } from './light.ts';
import { rowAt } from './row-geometry.ts';

const HIDDEN = ':scope > [hidden]';

export interface NavigationOptions {
  readonly rows: HTMLElement;
  /** The address of the chat's page. */
  readonly home: string;
  readonly line: Pick<UnreadLine, 'after' | 'position'>;
  readonly paging: Paging;
  readonly scroll: LogScroll;
  readonly timeline: Timeline;
  /** The revision up to which everything has arrived. */
  readonly seen: () => number;
  /** Shows what has arrived and is not shown yet. */
  readonly flush: () => void;
}

/** Goes to places of the chat, and loads them where they are not loaded. */
export class Navigation {
  readonly #options: NavigationOptions;

  constructor(options: NavigationOptions) {
    this.#options = options;
  }

  /**
   * Goes to the message that the page is about, to the line above unread messages or to the end. Loads more where an end of what is loaded is
   * near, unless a part of it is hidden.
   * @param place the position of the message at which the reader was before; undefined for a new visit
   */
  start(place?: number): void {
    this.#begin(place);
    const { rows, paging } = this.#options;
    if (!rows.querySelector(HIDDEN)) paging.watch();
  }

  #begin(place: number | undefined): void {
    const { rows, line, scroll, timeline } = this.#options;
    if (place !== undefined) {
      this.#show(place).then((isThere) => isThere && scroll.centre(place), console.error);
      return;
    }
    const marked = rows.querySelector('[aria-current]');
    if (marked instanceof HTMLElement) {
      this.#light(positionOf(marked));
      return;
    }
    scroll.toEnd();
    if (!timeline.hasLater || line.position !== undefined) void this.toUnread();
  }

  /** Shows what was left out of the first frame. */
  showAll(): void {
    const { rows, timeline, paging } = this.#options;
    timeline.rearrange(() => {
      for (const row of rows.querySelectorAll<HTMLElement>(HIDDEN)) row.hidden = false;
    });
    paging.watch();
  }

  /** Brings the end of the chat into view at once, wherever the reader is. */
  toEnd(): void {
    const { paging, timeline, seen, flush } = this.#options;
    flush();
    this.goHome();
    if (timeline.hasLater) paging.leap(seen());
    else this.#scrollToEnd();
  }

  /** Loads the end of the chat where it is not loaded, and goes there. */
  toLatest(): void {
    const { paging, timeline } = this.#options;
    this.goHome();
    if (timeline.hasLater) void paging.latest();
    else this.#scrollToEnd();
  }

  /** Goes to the line above the unread messages. */
  async toUnread(): Promise<void> {
    const { line, paging, scroll, flush } = this.#options;
    const { after } = line;
    flush();
    if (after === undefined) return;
    if (line.position === undefined && !(await paging.after(after))) return;
    if (line.position !== undefined) scroll.land(line.position);
  }

  /**
   * Brings a message into the middle and lights it. Resolves with false when the reader has gone elsewhere before it was loaded.
   * @throws Refusal when it cannot be loaded, or there is none
   */
  async to(position: number): Promise<boolean> {
    if (!(await this.#show(position))) return false;
    this.#light(position);
    return true;
  }

  async #show(position: number): Promise<boolean> {
    const { rows, paging, flush } = this.#options;
    flush();
    if (!rowAt(rows, position)) return paging.around(position);
    paging.abandon();
    return true;
  }

  /** The position of the message in the middle, or undefined for a reader at the end. */
  get middle(): number | undefined {
    const { scroll } = this.#options;
    return scroll.isFollowing ? undefined : scroll.middle;
  }

  /** Shows the address of the chat: that of a place in the past does not fit any more. */
  goHome(): void {
    const { home } = this.#options;
    if (location.pathname + location.search !== home) history.replaceState(null, '', home);
  }

  #scrollToEnd(): void {
    this.#options.paging.stop();
    this.#options.scroll.toEnd();
  }

  #light(position: number): void {
    this.#options.scroll.centre(position);
    light(rowAt(this.#options.rows, position));
  }
}
