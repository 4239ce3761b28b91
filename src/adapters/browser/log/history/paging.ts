import { MESSAGES_PER_PAGE, type WireHistory } from '../../../wire/history.ts';
import { sentenceOf } from '../../shell/api.ts';
import type { Timeline } from '../timeline.ts';
import { readBetween, readHistory } from './history.ts';
import type { Direction, HistoryLinks } from './history-links.ts';

export interface PagingOptions {
  readonly chatId: number;
  readonly timeline: Timeline;
  readonly links: HistoryLinks;
}

/** Loads what is beyond the ends of the timeline, one page at a time. */
export class Paging {
  readonly #options: PagingOptions;
  /** Counts the leaps of the timeline: a page that was requested before a leap is of no use after it. */
  #era = 0;
  #isLoading = false;

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  earlier(): void {
    const { chatId, timeline } = this.#options;
    if (!timeline.hasEarlier) return;
    const read = () => readHistory(chatId, timeline.from);
    void this.#load('earlier', read, (page) => timeline.prepend(page));
  }

  later(): void {
    const { chatId, timeline } = this.#options;
    if (!timeline.hasLater) return;
    const first = timeline.to + 1;
    const last = timeline.to + MESSAGES_PER_PAGE;
    void this.#load(
      'later',
      () => readBetween(chatId, { first, last }),
      (page) => timeline.append(page, last),
    );
  }

  /** Shows the latest messages; resolves with whether that succeeded. */
  latest(): Promise<boolean> {
    const { chatId, timeline } = this.#options;
    this.#abandon();
    return this.#load(
      'later',
      () => readHistory(chatId),
      (page) => timeline.replace(page),
    );
  }

  /** Goes to the end without delay, and loads the messages there afterwards. */
  leap(revision: number): void {
    this.#abandon();
    this.#options.timeline.leap(revision);
    this.earlier();
  }

  #abandon(): void {
    this.#era += 1;
    this.#isLoading = false;
  }

  async #load(
    direction: Direction,
    read: () => Promise<WireHistory>,
    show: (page: WireHistory) => void,
  ): Promise<boolean> {
    const { timeline, links } = this.#options;
    if (this.#isLoading) return false;
    const era = this.#era;
    this.#isLoading = true;
    timeline.expectPage();
    links.say(direction, undefined);
    try {
      const page = await read();
      if (era !== this.#era) return false;
      show(page);
      // In the next frame, after layout has moved the links.
      requestAnimationFrame(() => links.watch());
      return true;
    } catch (error) {
      if (era === this.#era) links.say(direction, sentenceOf(error));
      return false;
    } finally {
      if (era === this.#era) this.#isLoading = false;
    }
  }
}
