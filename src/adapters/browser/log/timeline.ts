import type { WireMessage } from '../../wire/message.ts';
import type { PendingPost } from '../composer/pending.ts';
import type { HistoryPage } from '../connection/wire-decoding.ts';
import type { Arrangement } from './arrangement.ts';
import type { LogRows } from './log-rows.ts';
import type { LogScroll } from './scroll.ts';

/** With those on their way, which are at most a hundred, never more than 400 rows. */
const MOST_ROWS = 300;

export interface TimelineOptions {
  readonly log: HTMLElement;
  readonly rows: LogRows;
  readonly scroll: LogScroll;
  readonly arrangement: Arrangement;
  /** Between which positions the page came complete. */
  readonly from: number;
  readonly to: number;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  /** Called when there is something at one of the ends, or not any more. */
  readonly endsChanged: () => void;
}

/**
 * The part of the chat that the log shows: all messages from one position up to another. It grows where the reader goes
 * and shrinks at the far end; while its own end is the chat's, it grows with what arrives.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  #from: number;
  #to: number;
  #hasEarlier: boolean;
  #hasLater: boolean;
  /** The last that has come since a page was asked for, which may be older than that. */
  #came = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#from = options.from;
    this.#to = options.to;
    this.#hasEarlier = options.hasEarlier;
    this.#hasLater = options.hasLater;
    options.arrangement.renew();
    options.scroll.endIsHere = !options.hasLater;
  }

  get from(): number {
    return this.#from;
  }

  get to(): number {
    return this.#to;
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  get hasLater(): boolean {
    return this.#hasLater;
  }

  hasStored(clientId: string): boolean {
    return this.#options.rows.hasStored(clientId);
  }

  /** To be called before a page is asked for that is to be appended here, or to replace all. */
  expect(): void {
    this.#came = 0;
  }

  /** What has come by the socket, in the order in which it came. */
  arrive(messages: readonly WireMessage[]): void {
    const { rows, scroll } = this.#options;
    this.#change(() => {
      for (const message of messages) {
        this.#came = Math.max(this.#came, message.position);
        rows.note(message);
        const isNew = message.position > this.#to;
        // Behind a reader who stays where others go on writing, the window would grow without end.
        if (isNew && !this.#hasLater && !scroll.isFollowing && rows.count >= MOST_ROWS) this.#hasLater = true;
        if (isNew && !this.#hasLater) this.#to = message.position;
        const isWithin = message.position >= this.#from && message.position <= this.#to;
        if (isWithin) rows.show(message);
        else if (message.client_id !== null) this.#forgetOwn(message);
      }
      if (scroll.isFollowing) this.#dropEarliest();
    });
  }

  prepend({ messages }: HistoryPage): void {
    this.#quietly(() => {
      for (const message of messages) this.#options.rows.show(message);
      this.#from = messages[0]?.position ?? 0;
      this.#hasEarlier = isMoreBefore(messages);
      this.#dropLatest();
    });
  }

  /** @param page all that came after `to`, up to a position */
  append(page: HistoryPage, to: number): void {
    this.#quietly(() => {
      for (const message of page.messages) if (message.position > this.#to) this.#options.rows.show(message);
      this.#to = Math.min(to, page.revision);
      this.#hasLater = this.#to < Math.max(page.revision, this.#came);
      this.#dropEarliest();
    });
  }

  /** Shows the latest messages instead of whatever there was. */
  replace({ messages, revision }: HistoryPage): void {
    const { rows, scroll } = this.#options;
    this.#quietly(() => {
      rows.clear();
      for (const message of messages) rows.show(message);
      this.#from = messages[0]?.position ?? 0;
      this.#to = revision;
      this.#hasEarlier = isMoreBefore(messages);
      this.#hasLater = revision < this.#came;
    });
    scroll.toEnd();
  }

  /** Goes to the end at once, before what stands there is known. */
  leap(revision: number): void {
    this.#quietly(() => {
      this.#options.rows.clear();
      this.#from = revision + 1;
      this.#to = revision;
      this.#hasEarlier = true;
      this.#hasLater = false;
    });
    this.#options.scroll.toEnd();
  }

  toEnd(): void {
    this.#options.scroll.toEnd();
  }

  showPending(post: PendingPost): void {
    this.#change(() => this.#options.rows.showPending(post));
  }

  showFailure(clientId: string, why: string): void {
    this.#change(() => this.#options.rows.showFailure(clientId, why));
  }

  removePending(clientId: string): void {
    this.#change(() => this.#options.rows.removePending(clientId));
  }

  #forgetOwn(message: WireMessage): void {
    if (this.#options.rows.isPending(message)) this.#options.rows.removePending(message.client_id ?? '');
  }

  #dropEarliest(): void {
    const tooMany = this.#options.rows.count - MOST_ROWS;
    if (tooMany <= 0) return;
    this.#from = this.#options.rows.dropEarliest(tooMany) ?? this.#from;
    this.#hasEarlier = true;
  }

  #dropLatest(): void {
    const tooMany = this.#options.rows.count - MOST_ROWS;
    if (tooMany <= 0) return;
    this.#to = this.#options.rows.dropLatest(tooMany) ?? this.#to;
    this.#hasLater = true;
  }

  #change(change: () => void): void {
    const { scroll, arrangement, endsChanged } = this.#options;
    scroll.hold(() => {
      change();
      arrangement.renew();
      endsChanged();
    });
    scroll.endIsHere = !this.#hasLater;
  }

  /** Assistive technology reads what is added to a log; history is no news. */
  #quietly(change: () => void): void {
    const { log } = this.#options;
    log.ariaLive = 'off';
    log.ariaBusy = 'true';
    this.#change(change);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      log.ariaLive = null;
      log.ariaBusy = null;
    }, SILENCE_MS);
  }
}

/** Browsers tell assistive technology of changes somewhat later than they happen. */
const SILENCE_MS = 100;

/** A page may be short because its messages are long: only the first position tells. */
const isMoreBefore = ([first]: readonly WireMessage[]): boolean => first !== undefined && first.position > 1;
