import type { HistoryPage } from '../connection/wire-decoding.ts';
import { sentenceOf } from '../shell/api.ts';
import { PAGE_LENGTH, readBetween, readHistory } from './history.ts';
import type { LogWays, Way } from './log-ways.ts';
import type { Timeline } from './timeline.ts';

export interface PagingOptions {
  readonly chatId: number;
  readonly timeline: Timeline;
  readonly ways: LogWays;
}

/** Fetches what is beyond the ends of the timeline, one page at a time. */
export class Paging {
  readonly #options: PagingOptions;
  /** What was fetched for a timeline that has gone elsewhere meanwhile is of no use. */
  #journey = 0;
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
    const last = timeline.to + PAGE_LENGTH;
    void this.#load(
      'later',
      () => readBetween(chatId, { first, last }),
      (page) => timeline.append(page, last),
    );
  }

  /** Resolves when the latest messages are shown, or it was not possible. */
  latest(): Promise<boolean> {
    const { chatId, timeline } = this.#options;
    this.#journey += 1;
    this.#isLoading = false;
    return this.#load(
      'later',
      () => readHistory(chatId),
      (page) => timeline.replace(page),
    );
  }

  /** To the end without delay; what stands there comes after. */
  leap(revision: number): void {
    this.#journey += 1;
    this.#isLoading = false;
    this.#options.timeline.leap(revision);
    this.earlier();
  }

  async #load(way: Way, read: () => Promise<HistoryPage>, show: (page: HistoryPage) => void): Promise<boolean> {
    const { timeline, ways } = this.#options;
    if (this.#isLoading) return false;
    const journey = this.#journey;
    this.#isLoading = true;
    timeline.expect();
    ways.say(way, undefined);
    try {
      const page = await read();
      if (journey !== this.#journey) return false;
      show(page);
      // In the next frame, when it is known where the ways are now.
      requestAnimationFrame(() => ways.watch());
      return true;
    } catch (error) {
      if (journey === this.#journey) ways.say(way, sentenceOf(error));
      return false;
    } finally {
      if (journey === this.#journey) this.#isLoading = false;
    }
  }
}
