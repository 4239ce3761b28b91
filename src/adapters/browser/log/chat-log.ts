import type { UserFrame } from '../../wire/client-frames.ts';
import type { WireMessage, WireQuote } from '../../wire/message.ts';
import type { WireChatSummary } from '../../wire/user-frames.ts';
import type { ChatList } from '../chats/chat-list.ts';
import { clientIds } from '../composer/client-id.ts';
import { part } from '../shell/part.ts';
import { Announcements } from './announcements.ts';
import { Arrangement } from './arrangement.ts';
import { type Arrival, Arrivals, lastStates } from './arrivals.ts';
import { HistoryLinks } from './history/history-links.ts';
import { rangeOf } from './history/page-range.ts';
import { Paging } from './history/paging.ts';
import { JumpButton } from './jump-button.ts';
import { LogRows, type Viewer } from './log-rows.ts';
import { Navigation } from './places/navigation.ts';
import { quoteOf } from './places/quotes.ts';
import { rowAt } from './places/row-geometry.ts';
import { RowReactions } from './reactions/row-reactions.ts';
import { ReadPointer } from './reading/read-pointer.ts';
import { type Unread, UnreadLine, unreadIn } from './reading/unread-line.ts';
import { LogScroll } from './scroll.ts';
import { Timeline } from './timeline.ts';

export interface ChatLogOptions {
  readonly main: HTMLElement;
  readonly chatId: number;
  readonly viewer: Viewer;
  /** The page shows everything up to this revision. */
  readonly revision: number;
  /** The revision up to which everything has arrived. */
  readonly seen: () => number;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: UserFrame) => boolean;
}

/** The log of a chat's page: its messages, the history at both ends, and the way back to the end. */
export class ChatLog {
  readonly rows: HTMLElement;
  readonly timeline: Timeline;
  readonly reactions: RowReactions;
  readonly pointer: ReadPointer;
  readonly navigation: Navigation;
  readonly #stored: LogRows;
  readonly #paging: Paging;
  readonly #arrivals: Arrivals;
  readonly #log: HTMLElement;
  readonly #seen: () => number;
  readonly #jump: JumpButton;
  readonly #links: HistoryLinks;
  readonly #scroll: LogScroll;
  readonly #line: UnreadLine;
  /** The address of the chat's page. */
  readonly #home: string;
  readonly #atEnd: (() => void)[] = [];

  constructor(options: ChatLogOptions) {
    const { main, chatId, viewer, revision, seen, signal, send } = options;
    this.#log = part(main, '[role="log"]', HTMLElement);
    this.rows = part(this.#log, '.log-rows', HTMLElement);
    this.#seen = seen;
    this.#home = `/chat/${chatId}`;
    this.#jump = new JumpButton(part(main, '[data-jump]', HTMLButtonElement), () => this.navigation.toLatest());
    this.#links = this.#makeLinks(signal);
    this.#scroll = new LogScroll({ log: this.#log, rows: this.rows, signal });
    this.#line = this.#makeLine(options);
    this.#stored = new LogRows(this.rows, { viewer, chatId });
    this.timeline = new Timeline({
      announcements: new Announcements(this.#log),
      rows: this.#stored,
      scroll: this.#scroll,
      arrangement: new Arrangement({ rows: this.rows, line: this.#line, signal }),
      ...rangeOf(main, revision),
      endsChanged: () => this.#endsChanged(),
    });
    this.#paging = new Paging({ chatId, timeline: this.timeline, links: this.#links });
    signal.addEventListener('abort', () => this.#paging.abandon());
    this.reactions = new RowReactions({
      chatId,
      viewer,
      rows: this.rows,
      hold: (change) => this.#scroll.holdUnderPointer(change),
      newClientId: clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes)),
      send,
    });
    this.pointer = this.#makePointer(options);
    this.#scroll.onMove(() => this.#noteReading());
    this.#arrivals = new Arrivals((arrived) => this.#show(arrived), signal);
    this.navigation = this.#makeNavigation();
  }

  #makeLinks(signal: AbortSignal): HistoryLinks {
    const load = {
      earlier: () => this.#paging.earlier(),
      later: () => this.#paging.later(),
      latest: () => this.navigation.toLatest(),
    };
    return new HistoryLinks(this.#log, load, signal);
  }

  #makeLine({ main, viewer, revision, signal }: ChatLogOptions): UnreadLine {
    return new UnreadLine({
      ...{ log: this.#log, viewerId: viewer.id, unread: unreadIn(main, revision), signal },
      go: () => void this.navigation.toUnread(),
      pill: part(main, '[data-unread-pill]', HTMLAnchorElement),
    });
  }

  #makePointer(options: ChatLogOptions): ReadPointer {
    return new ReadPointer({
      ...{ ...options, viewerId: options.viewer.id, scroll: this.#scroll, timeline: this.timeline },
      markedRead: () => this.#moveLine(undefined),
    });
  }

  #makeNavigation(): Navigation {
    return new Navigation({
      ...{ home: this.#home, rows: this.rows, line: this.#line, scroll: this.#scroll, seen: this.#seen },
      ...{ timeline: this.timeline, paging: this.#paging, flush: () => this.#arrivals.flush() },
    });
  }

  /** @param place the position of the message at which the reader was before; undefined for a new visit */
  start(place?: number): void {
    this.navigation.start(place);
    this.#noteReading();
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

  /** For a reader who has marked messages as unread: the line is above them from then on. */
  markedUnreadIn(chats: Pick<ChatList, 'changed'>): (chat: WireChatSummary) => void {
    return (chat) => {
      this.pointer.hear([chat]);
      this.#moveLine(chat.unread > 0 ? { after: chat.read, upTo: this.#seen(), count: chat.unread } : undefined);
      chats.changed();
    };
  }

  /** Calls with the message as its replies show it, and again once it is loaded where it is not. */
  quoteAt(position: number, show: (quote: WireQuote) => void): void {
    quoteOf({ row: rowAt(this.rows, position), home: this.#home, position }, show);
  }

  /** Calls whenever the reader has come to the end of the chat. */
  whenAtEnd(act: () => void): void {
    this.#atEnd.push(act);
  }

  /** Counts a new message of another person. */
  count(): void {
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
    this.pointer.look();
    if (!this.#scroll.isFollowing) return;
    for (const act of this.#atEnd) act();
  }

  #moveLine(unread: Unread | undefined): void {
    this.#line.restart(unread);
    this.timeline.rearrange();
  }

  #endsChanged(): void {
    this.#links.show(this.timeline);
    if (!this.timeline.hasLater && location.search !== '') this.navigation.goHome();
  }
}
