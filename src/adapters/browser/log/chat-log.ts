import type { UserFrame } from '../../wire/client-frames.ts';
import type { WireMessage, WireQuote } from '../../wire/message.ts';
import { clientIds } from '../composer/client-id.ts';
import { optionalPart, part } from '../shell/part.ts';
import { Announcements } from './announcements.ts';
import { Arrangement, unreadIn } from './arrangement.ts';
import { type Arrival, Arrivals, lastStates } from './arrivals.ts';
import { HistoryLinks } from './history/history-links.ts';
import { rangeOf } from './history/page-range.ts';
import { Paging } from './history/paging.ts';
import { JumpButton } from './jump-button.ts';
import { LogRows, type Viewer } from './log-rows.ts';
import { light } from './places/light.ts';
import { quoteInRow, readQuote, unknownQuote } from './places/quotes.ts';
import { RowReactions } from './reactions/row-reactions.ts';
import { ReadPointer } from './read-pointer.ts';
import { positionOf } from './row-facts.ts';
import { LogScroll } from './scroll.ts';
import { Timeline } from './timeline.ts';
import { UnreadBadge } from './unread-badge.ts';

export interface ChatLogOptions {
  readonly main: HTMLElement;
  readonly chatId: number;
  readonly viewer: Viewer;
  /** The page shows everything up to this revision. */
  readonly revision: number;
  /** The revision up to which everything has arrived. */
  readonly seen: () => number;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: UserFrame) => boolean;
}

/** The log of a chat's page: its messages, the history at both ends, and the way back to the end. */
export class ChatLog {
  readonly rows: HTMLElement;
  readonly timeline: Timeline;
  readonly reactions: RowReactions;
  readonly pointer: ReadPointer;
  readonly #stored: LogRows;
  readonly #paging: Paging;
  readonly #arrivals: Arrivals;
  readonly #log: HTMLElement;
  readonly #seen: () => number;
  readonly #badge = new UnreadBadge(part(document, 'link[rel="icon"]', HTMLLinkElement));
  readonly #jump: JumpButton;
  readonly #links: HistoryLinks;
  readonly #scroll: LogScroll;
  /** The address of the chat's page. */
  readonly #home: string;
  readonly #atEnd: (() => void)[] = [];

  constructor({ main, chatId, viewer, revision, seen, send }: ChatLogOptions) {
    this.#log = part(main, '[role="log"]', HTMLElement);
    this.rows = part(this.#log, '.log-rows', HTMLElement);
    this.#seen = seen;
    this.#home = `/chat/${chatId}`;
    this.#jump = new JumpButton(part(main, '[data-jump]', HTMLButtonElement), () => this.goToLatest());
    this.#links = new HistoryLinks(this.#log, {
      earlier: () => this.#paging.earlier(),
      later: () => this.#paging.later(),
      latest: () => this.goToLatest(),
    });
    this.#scroll = new LogScroll({ log: this.#log, rows: this.rows, moved: () => this.#noteReading() });
    this.#stored = new LogRows(this.rows, { ...viewer, chatId });
    this.timeline = new Timeline({
      announcements: new Announcements(this.#log),
      rows: this.#stored,
      scroll: this.#scroll,
      arrangement: new Arrangement({ rows: this.rows, viewerId: viewer.id, unread: unreadIn(main, revision) }),
      ...rangeOf(main, revision),
      endsChanged: () => this.#endsChanged(),
    });
    this.#paging = new Paging({ chatId, timeline: this.timeline, links: this.#links });
    this.reactions = new RowReactions({
      chatId,
      viewer,
      rows: this.rows,
      hold: (change) => this.#scroll.holdUnderPointer(change),
      newClientId: clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes)),
      send,
    });
    this.pointer = new ReadPointer({ main, chatId, send, scroll: this.#scroll, timeline: this.timeline });
    this.#arrivals = new Arrivals((arrived) => this.#show(arrived));
  }

  start(): void {
    const marked = this.rows.querySelector('[aria-current]');
    if (marked instanceof HTMLElement) this.#light(positionOf(marked));
    else this.#scroll.toEnd();
    this.#noteReading();
    this.#links.watch();
  }

  /** From here on rows are new, and may be animated. */
  goLive(): void {
    this.#log.dataset.live = '';
  }

  arrive(arrival: Arrival): void {
    this.#arrivals.add(arrival);
  }

  /** Shows the latest messages; resolves with whether that succeeded. */
  loadLatest(): Promise<boolean> {
    this.#arrivals.flush();
    return this.#paging.latest();
  }

  /** Brings the end of the chat into view at once, wherever the reader is. */
  goToEnd(): void {
    this.#arrivals.flush();
    this.#goHome();
    if (this.timeline.hasLater) this.#paging.leap(this.#seen());
    else this.timeline.toEnd();
  }

  /** Loads the end of the chat where it is not loaded, and goes there. */
  goToLatest(): void {
    this.#goHome();
    if (this.timeline.hasLater) void this.#paging.latest();
    else this.#scroll.toEnd();
  }

  /**
   * Brings a message into the middle and lights it. Resolves with false when the reader has gone elsewhere before it was loaded.
   * @throws Refusal when it cannot be loaded, or there is none
   */
  async goTo(position: number): Promise<boolean> {
    this.#arrivals.flush();
    if (this.#rowAt(position)) this.#paging.abandon();
    else if (!(await this.#paging.around(position))) return false;
    this.#light(position);
    return true;
  }

  /** The position of the message in the middle, or undefined for a reader at the end. */
  get middle(): number | undefined {
    return this.#scroll.isFollowing ? undefined : this.#scroll.middle;
  }

  /** Calls with the message as its replies show it, and again once it is loaded where it is not. */
  quoteAt(position: number, show: (quote: WireQuote) => void): void {
    const row = this.#rowAt(position);
    show(row ? quoteInRow(row) : unknownQuote(position));
    if (!row) readQuote(this.#home, position).then(show, () => {});
  }

  /** Calls whenever the reader has come to the end of the chat. */
  whenAtEnd(act: () => void): void {
    this.#atEnd.push(act);
  }

  /** Counts a new message of another person. */
  count(): void {
    this.#badge.arrived();
    this.#jump.count();
  }

  /** Messages first: reactions that are older than the message that is shown then are ignored. */
  #show(arrived: readonly Arrival[]): void {
    const messages = lastStates(arrived.filter((one): one is WireMessage => !('type' in one)));
    const reactions = lastStates(arrived.filter((one) => 'type' in one));
    for (const one of arrived) this.reactions.hear(one);
    for (const frame of reactions) this.#stored.noteReactions(frame);
    const showReactions = () => this.reactions.show(reactions);
    const isApart = messages.length === 0 || (reactions.length > 0 && this.#scroll.hasRowUnderPointer);
    if (messages.length > 0) this.timeline.arrive(messages, isApart ? undefined : showReactions);
    if (isApart) this.#scroll.holdUnderPointer(showReactions);
    this.#noteReading();
  }

  /** Notes what the reader sees: at the end, everything that has arrived. */
  #noteReading(): void {
    this.#jump.show(this.#scroll);
    this.pointer?.look();
    if (!this.#scroll.isFollowing) return;
    for (const act of this.#atEnd) act();
  }

  #light(position: number): void {
    this.#scroll.centre(position);
    light(this.#rowAt(position));
  }

  #rowAt(position: number): HTMLElement | undefined {
    return optionalPart(this.rows, `article[data-position="${position}"]`, HTMLElement);
  }

  #endsChanged(): void {
    this.#links.show(this.timeline);
    if (!this.timeline.hasLater && location.search !== '') this.#goHome();
  }

  /** The address of a place in the past does not fit any more. */
  #goHome(): void {
    if (location.pathname + location.search !== this.#home) history.replaceState(null, '', this.#home);
  }
}
