import type { WireHistory } from '../../../wire/history.ts';
import { sentenceOf } from '../../shell/api.ts';
import type { Timeline } from '../timeline.ts';
import { readHistory } from './history.ts';
import type { Direction, HistoryLinks } from './history-links.ts';

export interface PagingOptions {
  readonly chatId: number;
  readonly timeline: Timeline;
  readonly links: HistoryLinks;
}

/** Loads what is beyond the ends of the timeline, one page at a time. */
export class Paging {
  readonly #options: PagingOptions;
  /** Counts the leaps and jumps of the timeline: a page that was requested before one is of no use after it. */
  #era = 0;
  #isLoading = false;

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  earlier(): void {
    const { chatId, timeline } = this.#options;
    if (!timeline.hasEarlier) return;
    const read = () => readHistory(chatId, { before: timeline.from });
    void this.#load('earlier', read, (page) => timeline.prepend(page));
  }

  later(): void {
    const { chatId, timeline } = this.#options;
    if (!timeline.hasLater) return;
    const read = () => readHistory(chatId, { after: timeline.to });
    void this.#load('later', read, (page) => timeline.append(page));
  }

  /** Shows the latest messages; resolves with whether that succeeded. */
  latest(): Promise<boolean> {
    const { chatId, timeline } = this.#options;
    this.abandon();
    return this.#load(
      'later',
      () => readHistory(chatId),
      (page) => timeline.replace(page, 'end'),
    );
  }

  /**
   * Shows the messages around one in place of what was shown. Resolves with false when the reader has gone elsewhere meanwhile.
   * @throws Refusal
   */
  around(position: number): Promise<boolean> {
    const { chatId, timeline } = this.#options;
    this.abandon();
    return this.#take(
      () => readHistory(chatId, { around: position }),
      (page) => timeline.replace(page, 'middle'),
    );
  }

  /** Shows the first messages after this position; resolves with whether that succeeded. */
  after(position: number): Promise<boolean> {
    const { chatId, timeline } = this.#options;
    this.abandon();
    return this.#load(
      'earlier',
      () => readHistory(chatId, { after: position }),
      (page) => timeline.replace(page, { after: position }),
    );
  }

  /** Goes to the end without delay, and loads the messages there afterwards. */
  leap(revision: number): void {
    this.abandon();
    this.#options.timeline.leap(revision);
    this.earlier();
  }

  /** Loads what is near the ends of the timeline, now and from now on. */
  watch(): void {
    this.#options.links.watch();
  }

  /** The reader stays where they are: what is being loaded must not move them. */
  stop(): void {
    if (!this.#isLoading) return;
    this.abandon();
    this.watch();
  }

  /** A page that is still being read is of no use any more. */
  abandon(): void {
    this.#era += 1;
    this.#isLoading = false;
  }

  async #load(
    direction: Direction,
    read: () => Promise<WireHistory>,
    show: (page: WireHistory) => void,
  ): Promise<boolean> {
    const { links } = this.#options;
    if (this.#isLoading) return false;
    const era = this.#era;
    links.say(direction, undefined);
    try {
      return await this.#take(read, show);
    } catch (error) {
      if (era === this.#era) links.say(direction, sentenceOf(error));
      return false;
    }
  }

  /** Resolves with false when the page was abandoned. */
  async #take(read: () => Promise<WireHistory>, show: (page: WireHistory) => void): Promise<boolean> {
    const { timeline, links } = this.#options;
    const era = this.#era;
    this.#isLoading = true;
    timeline.expectPage();
    try {
      const page = await read();
      if (era !== this.#era) return false;
      show(page);
      // In the next frame, after layout has moved the links.
      requestAnimationFrame(() => links.watch());
      return true;
    } finally {
      if (era === this.#era) this.#isLoading = false;
    }
  }
}
