import type { UserFrame } from '../../../wire/client-frames.ts';
import type { WireChatSummary } from '../../../wire/user-frames.ts';
import { part } from '../../shell/part.ts';
import type { LogScroll } from '../scroll.ts';
import type { Timeline } from '../timeline.ts';
import { lastInSight } from './sight.ts';

/** The pointer is sent at most this often. */
const SEND_EVERY_MS = 1_000;

export interface ReadPointerOptions {
  readonly main: HTMLElement;
  readonly chatId: number;
  readonly viewerId: number;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  readonly scroll: Pick<LogScroll, 'isFollowing'>;
  readonly timeline: Pick<Timeline, 'from' | 'to'>;
  /** The revision up to which everything has arrived. */
  readonly seen: () => number;
  /** Called when the reader has marked the chat as read. */
  readonly markedRead: () => void;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: UserFrame) => boolean;
}

/**
 * How far the reader has read the chat. The pointer moves forward over rows that were in sight in a focused, visible window, and over no
 * unread one that was not: one that is not loaded, or that the reader has jumped over. What arrives at the end of the chat is read by a
 * reader who follows it and has read everything before. When the reader marks messages as unread, here or on another device, the
 * pointer rests until they come back to the page or scroll: what happens to be in sight must not take the mark back.
 */
export class ReadPointer {
  readonly #options: ReadPointerOptions;
  readonly #log: HTMLElement;
  #position: number;
  #version: number;
  #isResting = false;
  /** The reader is at the end of the chat, and has read everything that is there. */
  #isCaughtUp = false;
  /** The position that the server knows, or has been told. */
  #sent: number;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReadPointerOptions) {
    const { main, signal } = options;
    this.#options = options;
    this.#log = part(main, '[role="log"]', HTMLElement);
    this.#position = Number(main.dataset.read);
    this.#sent = this.#position;
    this.#version = Number(main.dataset.readVersion);
    this.#log.addEventListener('scroll', () => this.look(), { passive: true });
    for (const type of ['wheel', 'touchmove']) this.#log.addEventListener(type, () => this.#wake(), { passive: true });
    addEventListener('focus', () => this.look(), { signal });
    for (const type of ['blur', 'pagehide']) addEventListener(type, () => this.#flush(), { signal });
    signal.addEventListener('abort', () => this.#flush());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#flush() : this.#wake()), { signal });
    document.addEventListener('keydown', (event) => isForThePage(event) && this.#markRead(), { signal });
  }

  /** Notes what the reader sees. */
  look(): void {
    const { scroll, timeline, viewerId } = this.#options;
    if (this.#position < timeline.to && this.#isReading()) {
      const seen = this.#isCaughtUp ? timeline.to : lastInSight(this.#log, { read: this.#position, viewerId });
      this.#moveTo(seen > 0 && scroll.isFollowing ? timeline.to : seen);
    }
    this.#isCaughtUp = scroll.isFollowing && this.#position >= timeline.to;
  }

  /** Takes note of what the server says about the chats. */
  hear(chats: readonly WireChatSummary[]): void {
    for (const chat of chats) if (chat.id === this.#options.chatId) this.#hear(chat);
  }

  #hear({ read, read_version: version = 0 }: WireChatSummary): void {
    if (version < this.#version) return;
    if (version > this.#version) {
      this.#isResting = true;
      this.#isCaughtUp = false;
      this.#version = version;
      this.#position = read;
    } else this.#position = Math.max(this.#position, read);
    this.#sent = read;
    this.sendAgain();
  }

  /** The summary as the list shows it: what the reader is just reading is not unread. */
  mask(chat: WireChatSummary): WireChatSummary {
    if (chat.id !== this.#options.chatId || this.#isResting) return chat;
    const isRead = this.#position >= (chat.last?.position ?? 0) || (this.#isCaughtUp && this.#isReading());
    return isRead ? { ...chat, unread: 0, mentions: 0 } : chat;
  }

  /** Sends the pointer if the server does not know it. */
  sendAgain(): void {
    if (this.#position > this.#sent && this.#pause === undefined) this.#flush();
  }

  /** The reader wants no more of what is unread, whether it is loaded or not. */
  #markRead(): void {
    this.#isResting = false;
    this.#moveTo(this.#options.seen());
    this.#options.markedRead();
  }

  #isReading(): boolean {
    const isLoaded = this.#options.timeline.from <= this.#position + 1;
    const { hidden } = document;
    return isLoaded && !this.#isResting && !hidden && document.hasFocus() && !this.#options.signal.aborted;
  }

  #wake(): void {
    this.#isResting = false;
    this.look();
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
