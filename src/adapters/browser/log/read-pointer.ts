import type { UserFrame } from '../../wire/client-frames.ts';
import type { WireChatSummary } from '../../wire/user-frames.ts';
import { part } from '../shell/part.ts';
import { isStored, positionOf } from './row-facts.ts';
import type { LogScroll } from './scroll.ts';
import type { Timeline } from './timeline.ts';

/** The pointer is sent at most this often. */
const SEND_EVERY_MS = 1_000;
/** While the reader scrolls, the rows in sight are looked at this often. */
const LOOK_EVERY_MS = 200;

export interface ReadPointerOptions {
  readonly main: HTMLElement;
  readonly chatId: number;
  readonly scroll: Pick<LogScroll, 'isFollowing'>;
  readonly timeline: Pick<Timeline, 'from' | 'to'>;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: UserFrame) => boolean;
}

/**
 * How far the reader has read the chat. The pointer moves forward over rows that were in sight in a focused, visible window, and over none
 * that is not loaded. When the reader marks messages as unread, here or on another device, it rests until they come back to the page
 * or scroll: what happens to be in sight must not take the mark back.
 */
export class ReadPointer {
  readonly #options: ReadPointerOptions;
  readonly #log: HTMLElement;
  readonly #rows: HTMLElement;
  #position: number;
  #version: number;
  #isResting = false;
  /** The position that the server knows, or has been told. */
  #sent: number;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReadPointerOptions) {
    const { main } = options;
    this.#options = options;
    this.#log = part(main, '[role="log"]', HTMLElement);
    this.#rows = part(main, '.log-rows', HTMLElement);
    this.#position = Number(main.dataset.read);
    this.#sent = this.#position;
    this.#version = Number(main.dataset.readVersion);
    this.#log.addEventListener('scroll', () => this.#lookSoon(), { passive: true });
    for (const type of ['wheel', 'touchmove']) this.#log.addEventListener(type, () => this.#wake(), { passive: true });
    addEventListener('focus', () => this.look());
    addEventListener('blur', () => this.#flush());
    addEventListener('pagehide', () => this.#flush());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#flush();
      else this.#wake();
    });
    document.addEventListener('keydown', (event) => {
      if (isForThePage(event)) this.#markRead();
    });
  }

  /** Notes what the reader sees. */
  look(): void {
    const { to } = this.#options.timeline;
    if (this.#position >= to || !this.#isReading()) return;
    this.#moveTo(this.#options.scroll.isFollowing ? to : this.#lastInSight());
  }

  /** Takes note of what the server says; returns the summary as the list shows it: what the reader is just reading is not unread. */
  hear(chat: WireChatSummary): WireChatSummary {
    if (chat.id !== this.#options.chatId) return chat;
    const version = chat.read_version ?? 0;
    if (version > this.#version) {
      this.#isResting = true;
      this.#version = version;
      this.#position = chat.read;
    } else if (version === this.#version) this.#position = Math.max(this.#position, chat.read);
    else return chat;
    this.#sent = chat.read;
    this.sendAgain();
    const isRead =
      this.#position >= (chat.last?.position ?? 0) || (this.#options.scroll.isFollowing && this.#isReading());
    return isRead && !this.#isResting ? { ...chat, unread: 0, mentions: 0 } : chat;
  }

  /** Sends the pointer if the server does not know it. */
  sendAgain(): void {
    if (this.#position > this.#sent && this.#pause === undefined) this.#flush();
  }

  /** The reader wants no more of what is unread. On a page of the past, that is what is loaded. */
  #markRead(): void {
    this.#isResting = false;
    this.#moveTo(this.#options.timeline.to);
  }

  #isReading(): boolean {
    const isLoaded = this.#options.timeline.from <= this.#position + 1;
    return isLoaded && !this.#isResting && !document.hidden && document.hasFocus();
  }

  /** The position of the last row whose end is in sight; 0 for none. */
  #lastInSight(): number {
    const end = this.#log.getBoundingClientRect().bottom + 1;
    let row = this.#rows.lastElementChild;
    while (row && !(row.matches('article') && row.getBoundingClientRect().bottom <= end))
      row = row.previousElementSibling;
    return row instanceof HTMLElement && isStored(row) ? positionOf(row) : 0;
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.look();
    }, LOOK_EVERY_MS);
  }

  #wake(): void {
    this.#isResting = false;
    this.#lookSoon();
  }

  #moveTo(position: number): void {
    if (position <= this.#position) return;
    this.#position = position;
    this.sendAgain();
  }

  #flush(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    if (this.#position <= this.#sent || this.#isResting) return;
    const { chatId, send } = this.#options;
    if (!send({ type: 'read', chat_id: chatId, position: this.#position, read_version: this.#version })) return;
    this.#sent = this.#position;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.sendAgain();
    }, SEND_EVERY_MS);
  }
}

/** Escape, where it ends nothing else. */
const isForThePage = ({ key, target, defaultPrevented }: KeyboardEvent): boolean =>
  key === 'Escape' &&
  !defaultPrevented &&
  !(target instanceof Element && target.closest('article')) &&
  !document.querySelector('dialog[open], :popover-open');
