import type { UserFrame } from '../../wire/client-frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import { clientIds } from '../composer/client-id.ts';
import { part } from '../shell/part.ts';
import { Announcements } from './announcements.ts';
import { Arrangement } from './arrangement.ts';
import { type Arrival, Arrivals } from './arrivals.ts';
import { HistoryLinks } from './history/history-links.ts';
import { Paging } from './history/paging.ts';
import { JumpButton } from './jump-button.ts';
import { LastSeen } from './last-seen.ts';
import { LogRows, type Viewer } from './log-rows.ts';
import { RowReactions } from './reactions/row-reactions.ts';
import { LogScroll } from './scroll.ts';
import { Timeline, type TimelineOptions } from './timeline.ts';
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
  readonly #stored: LogRows;
  readonly #paging: Paging;
  readonly #arrivals: Arrivals;
  readonly #log: HTMLElement;
  readonly #seen: () => number;
  readonly #lastSeen: LastSeen;
  readonly #badge = new UnreadBadge(part(document, 'link[rel="icon"]', HTMLLinkElement));
  readonly #jump: JumpButton;
  readonly #links: HistoryLinks;
  readonly #scroll: LogScroll;

  constructor({ main, chatId, viewer, revision, seen, send }: ChatLogOptions) {
    this.#log = part(main, '[role="log"]', HTMLElement);
    this.rows = part(this.#log, '.log-rows', HTMLElement);
    this.#seen = seen;
    this.#lastSeen = new LastSeen({ userId: viewer.id, chatId, revision });
    this.#jump = new JumpButton(part(main, '[data-jump]', HTMLButtonElement), () => this.#goToLatest());
    this.#links = new HistoryLinks(this.#log, {
      earlier: () => this.#paging.earlier(),
      later: () => this.#paging.later(),
    });
    this.#scroll = new LogScroll({ log: this.#log, rows: this.rows, moved: () => this.#noteReading() });
    this.#stored = new LogRows(this.rows, viewer);
    this.timeline = new Timeline({
      announcements: new Announcements(this.#log),
      rows: this.#stored,
      scroll: this.#scroll,
      arrangement: new Arrangement({ rows: this.rows, viewerId: viewer.id, unread: this.#lastSeen.unread }),
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
    this.#arrivals = new Arrivals((arrived) => this.#show(arrived));
  }

  start(): void {
    this.#scroll.toEnd();
    this.#noteReading();
    this.#links.watch();
    addEventListener('focus', () => this.#noteReading());
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
    if (this.timeline.hasLater) this.#paging.leap(this.#seen());
    else this.timeline.toEnd();
  }

  /** Counts a new message of another person. */
  count(): void {
    this.#badge.arrived();
    this.#jump.count();
  }

  /** Messages first: reactions that are older than the message that is shown then are ignored. */
  #show(arrived: readonly Arrival[]): void {
    const messages = arrived.filter((one): one is WireMessage => !('type' in one));
    const reactions = arrived.filter((one) => 'type' in one);
    for (const one of arrived) this.reactions.hear(one);
    for (const frame of reactions) this.#stored.noteReactions(frame);
    if (messages.length > 0) this.timeline.arrive(messages);
    if (reactions.length > 0) this.reactions.show(reactions);
    else this.reactions.renew();
    this.#noteReading();
  }

  /** Notes what the reader sees: at the end, everything that has arrived. */
  #noteReading(): void {
    this.#jump.show(!this.#scroll.isFollowing);
    if (this.#scroll.isFollowing) this.#lastSeen.see(this.#seen());
  }

  #goToLatest(): void {
    if (this.timeline.hasLater) void this.#paging.latest();
    else this.#scroll.toEnd();
  }

  #endsChanged(): void {
    this.#links.show(this.timeline);
    // The address of a page of the past does not fit any more.
    if (!this.timeline.hasLater && location.search !== '') history.replaceState(null, '', location.pathname);
  }
}

/** The part of the chat that the page came with. A page of the past, reached by a link, ends before the chat does. */
function rangeOf(
  main: HTMLElement,
  revision: number,
): Pick<TimelineOptions, 'from' | 'to' | 'hasEarlier' | 'hasLater'> {
  const positions = [...main.querySelectorAll<HTMLElement>('article')].map(({ dataset }) => Number(dataset.position));
  const hasLater = 'past' in main.dataset;
  const hasEarlier = !part(main, '[data-way="earlier"]', HTMLElement).hidden;
  return {
    hasLater,
    hasEarlier,
    from: hasEarlier ? (positions[0] ?? 0) : 0,
    to: hasLater ? (positions.at(-1) ?? 0) : revision,
  };
}
