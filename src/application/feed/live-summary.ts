import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { ChatEvent } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Unsubscribe } from '../ports/broadcast.ts';
import { DebouncedRead } from './debounced-read.ts';
import { Departures } from './departures.ts';
import type { FeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** Shortest time between two summaries of one chat. */
const BETWEEN_MS = 1_000;

/** A user who sees the chat in a list. */
export interface SummaryWatcher {
  readonly userId: UserId;
  summaryChanged(summary: ChatSummary): void;
  /** The user is no longer a member. */
  lostChat(chatId: ChatId): void;
}

type LiveSummaryDeps = Pick<FeedDeps, 'view' | 'broadcast' | 'timer' | 'log'>;

/** A chat's summary, kept up to date for the users who see it. However much happens, it is read and told once a second at most. */
export class LiveSummary {
  readonly #watchers = new Set<SummaryWatcher>();
  readonly #departures: Departures;
  readonly #reading: DebouncedRead<ChatSummary | undefined>;
  readonly #unsubscribe: Unsubscribe;
  #current: ChatSummary;
  /** The newest revision that was heard of. */
  #heard: number;

  /** Keeps up to date what was read before: a change in between has to be looked for once this listens. */
  constructor(read: ChatSummary, deps: LiveSummaryDeps) {
    const { view, broadcast, timer, log } = deps;
    this.#current = read;
    this.#heard = read.revision;
    const { id: chatId } = read;
    this.#departures = new Departures({ chatId, audience: this, members: view.members });
    this.#reading = new DebouncedRead({
      timer,
      betweenMs: BETWEEN_MS,
      read: async () => {
        // First, so that a user who was removed is told nothing more.
        await this.#departures.endMissed();
        return view.chats.summary(chatId);
      },
      take: (summary) => this.#take(summary),
      failed: (err) => logFeedFailure(log, { chatId, err }),
    });
    this.#unsubscribe = broadcast.subscribeToChat(chatId, (event) => this.#hear(event));
  }

  get current(): ChatSummary {
    return this.#current;
  }

  get isEmpty(): boolean {
    return this.#watchers.size === 0;
  }

  *userIds(): Iterable<UserId> {
    for (const { userId } of this.#watchers) yield userId;
  }

  add(watcher: SummaryWatcher): void {
    this.#watchers.add(watcher);
  }

  remove(watcher: SummaryWatcher): void {
    this.#watchers.delete(watcher);
  }

  endMembership(ended: UserId): void {
    for (const watcher of this.#watchers) if (watcher.userId === ended) watcher.lostChat(this.#current.id);
  }

  /** The chat was read at this revision. */
  heardOf({ revision }: Pick<ChatSummary, 'revision'>): void {
    if (revision > this.#heard) this.#missed(revision);
  }

  close(): void {
    this.#unsubscribe();
  }

  #hear(event: ChatEvent): void {
    switch (event.type) {
      case 'message_posted':
      case 'message_changed': {
        const { revision } = event.message;
        if (revision > this.#heard + 1) this.#missed(revision);
        else if (revision > this.#heard) this.#changed(revision);
        return;
      }
      case 'message_reacted':
        this.#passOver(event.change.revision);
        return;
      case 'member_left':
        this.endMembership(event.userId);
        return;
      case 'events_missed':
        // Each user's feed looks where its chats stand then, and says so here.
        return;
      default:
        event satisfies never;
    }
  }

  /** Nothing that a summary shows has changed. */
  #passOver(revision: number): void {
    if (revision > this.#heard + 1) this.#missed(revision);
    else this.#heard = Math.max(this.#heard, revision);
  }

  /** Events were lost, and the end of a membership may be among them. */
  #missed(revision: number): void {
    this.#departures.suspect();
    this.#changed(revision);
  }

  #changed(revision: number): void {
    this.#heard = revision;
    if (!this.isEmpty) this.#reading.changed();
  }

  #take(summary: ChatSummary | undefined): void {
    if (!summary || summary.revision <= this.#current.revision) return;
    this.#current = summary;
    this.#heard = Math.max(this.#heard, summary.revision);
    for (const watcher of this.#watchers) watcher.summaryChanged(summary);
  }
}
