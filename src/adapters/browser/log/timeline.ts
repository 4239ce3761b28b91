import { isMoreBefore, type WireHistory } from '../../wire/history.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { PendingPost } from '../composer/pending.ts';
import type { Announcements } from './announcements.ts';
import type { Arrangement } from './arrangement.ts';
import type { PageRange } from './history/page-range.ts';
import type { LogRows } from './log-rows.ts';
import type { LogScroll } from './scroll.ts';

export interface TimelineOptions extends PageRange {
  readonly announcements: Announcements;
  readonly rows: LogRows;
  readonly scroll: LogScroll;
  readonly arrangement: Arrangement;
  /** Called after each change of the rows, which may have changed what is beyond the ends. */
  readonly endsChanged: () => void;
}

/**
 * The part of the chat that the log shows: all messages from one position to another. It grows where the reader scrolls and
 * shrinks at the other end. While its end is the end of the chat, it grows with what arrives.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  #from: number;
  #to: number;
  #hasEarlier: boolean;
  #hasLater: boolean;
  /** The last position that arrived since a page was requested; the page may be older than that. */
  #arrived = 0;

  constructor(options: TimelineOptions) {
    this.#options = options;
    ({ from: this.#from, to: this.#to, hasEarlier: this.#hasEarlier, hasLater: this.#hasLater } = options);
    options.arrangement.renew(this.#from);
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

  /** To be called before a page is requested that will be appended, or will replace all. */
  expectPage(): void {
    this.#arrived = 0;
  }

  /** Shows messages from the server, in the order in which they came. `after` changes rows further before they are laid out. */
  arrive(messages: readonly WireMessage[], after?: () => void): void {
    const { announcements, rows, scroll } = this.#options;
    const added: HTMLElement[] = [];
    const show = () => {
      for (const message of messages) {
        this.#arrived = Math.max(this.#arrived, message.position);
        rows.note(message);
        this.#makeRoomFor(message);
        if (message.position >= this.#from && message.position <= this.#to) added.push(...rows.show(message));
        else if (rows.isPending(message)) rows.removePending(message.client_id ?? '');
      }
      if (scroll.isFollowing) this.#dropEarliest();
      after?.();
    };
    // A message that has changed is not news.
    if (messages.some((message) => rows.changes(message))) this.#changeSilently(show);
    else this.#change(show);
    announcements.announce(added);
  }

  prepend({ messages, revision }: WireHistory): void {
    this.#changeSilently(() => {
      for (const message of messages) this.#options.rows.show(message, revision);
      this.#from = messages[0]?.position ?? 0;
      this.#hasEarlier = isMoreBefore(messages);
      this.#dropLatest();
    });
  }

  /** @param page the first messages after `this.to` */
  append(page: WireHistory): void {
    this.#changeSilently(() => {
      for (const message of page.messages) this.#options.rows.show(message, page.revision);
      this.#endAt(page);
      this.#dropEarliest();
    });
  }

  /** Shows messages in place of what was shown: the latest ones, some from the middle of the chat, or the first ones after a position. */
  replace(page: WireHistory, place: 'end' | 'middle' | { readonly after: number }): void {
    const { rows, scroll } = this.#options;
    this.#changeSilently(() => {
      rows.clear();
      for (const message of page.messages) rows.show(message, page.revision);
      this.#from = typeof place === 'object' ? place.after + 1 : (page.messages[0]?.position ?? 0);
      this.#hasEarlier = this.#from > 1;
      this.#endAt(page);
      if (place !== 'end') return;
      this.#to = page.revision;
      this.#hasLater = page.revision < this.#arrived;
    });
    if (place === 'end') scroll.toEnd();
  }

  /** Arranges the rows again after the line above unread messages was moved, or after another change of what is shown of them. */
  rearrange(change = () => {}): void {
    this.#changeSilently(change);
  }

  /** Goes to the end at once, before the messages there are loaded. */
  leap(revision: number): void {
    this.#changeSilently(() => {
      this.#options.rows.clear();
      this.#from = revision + 1;
      this.#to = revision;
      this.#hasEarlier = true;
      this.#hasLater = false;
    });
    this.#options.scroll.toEnd();
  }

  /** Removes the messages at this position and before, which exist no more; returns whether any could have been shown. */
  eraseTo(position: number): boolean {
    if (this.#from > position) return false;
    this.#from = position + 1;
    this.#changeSilently(() => this.#options.rows.eraseTo(position));
    return true;
  }

  showPending(post: PendingPost): void {
    this.#change(() => this.#options.announcements.announce([this.#options.rows.showPending(post)]));
  }

  showFailure(clientId: string, why: string): void {
    this.#change(() => this.#options.rows.showFailure(clientId, why));
  }

  removePending(clientId: string): void {
    this.#change(() => this.#options.rows.removePending(clientId));
  }

  /** Grows to a new message, unless the reader stays elsewhere while others write: the log would grow without end. */
  #makeRoomFor({ position }: WireMessage): void {
    const { rows, scroll } = this.#options;
    if (position <= this.#to || this.#hasLater) return;
    if (scroll.isFollowing || !rows.isFull) this.#to = position;
    else this.#hasLater = true;
  }

  /** The revisions behind the last message of a page may all be changes: then the next page is empty, and the end is reached. */
  #endAt({ messages, revision }: WireHistory): void {
    this.#to = messages.at(-1)?.position ?? revision;
    this.#hasLater = this.#to < Math.max(revision, this.#arrived);
  }

  #dropEarliest(): void {
    const first = this.#options.rows.dropEarliest();
    if (first === undefined) return;
    this.#from = first;
    this.#hasEarlier = true;
  }

  #dropLatest(): void {
    const last = this.#options.rows.dropLatest();
    if (last === undefined) return;
    this.#to = last;
    this.#hasLater = true;
  }

  /** History is not news, and is not announced. */
  #changeSilently(change: () => void): void {
    this.#options.announcements.silence(() => this.#change(change));
  }

  #change(change: () => void): void {
    const { scroll, arrangement, endsChanged } = this.#options;
    scroll.hold(() => {
      change();
      arrangement.renew(this.#from);
      endsChanged();
    });
    scroll.endIsHere = !this.#hasLater;
  }
}
