import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { ChatEvent } from '../../domain/events.ts';
import type { UserId } from '../../domain/ids.ts';
import { areSameStates, type ListedChat, type Reading, type ReadingState } from '../../domain/reading/reading.ts';
import type { Unsubscribe } from '../ports/broadcast.ts';
import { DebouncedRead } from './debounced-read.ts';
import { Departures } from './departures.ts';
import type { NamingFeedDeps } from './feed-deps.ts';
import { LiveHints } from './live-hints.ts';
import { LiveSounds } from './live-sounds.ts';
import { LiveTyping } from './live-typing.ts';
import { logFeedFailure } from './log-feed-failure.ts';
import { isNewer, SummaryReads } from './summary-reads.ts';
import { type SummaryWatcher, SummaryWatchers } from './summary-watchers.ts';

/** Shortest time between two summaries of one chat. */
const BETWEEN_MS = 1_000;
/** The same after a read pointer moved: then only its user is told. */
const BETWEEN_MOVES_MS = 200;

type LiveSummaryDeps = Pick<NamingFeedDeps, 'view' | 'broadcast' | 'timer' | 'clock' | 'log' | 'names'>;

/**
 * A chat's summary, kept up to date for the users who see it, with what each of them has yet to read: read at most once a second, for all
 * users by one statement. They are also told who is writing in the chat, and for which messages their open pages play a sound.
 */
export class LiveSummary {
  readonly #reads: SummaryReads;
  readonly #watchers: SummaryWatchers;
  readonly #departures: Departures;
  readonly #changes: DebouncedRead<void>;
  readonly #moves: DebouncedRead<void>;
  readonly #typing: LiveTyping;
  readonly #sounds: LiveSounds;
  readonly #hints: LiveHints;
  readonly #unsubscribe: Unsubscribe;
  #current: ChatSummary;
  /** The newest revision that was heard of. */
  #heard: number;
  /** Ends when the last read that was begun has ended. */
  #lastRead: Promise<unknown> = Promise.resolve();

  /** Keeps up to date what was read before: a change in between has to be looked for once this listens. */
  constructor({ reading: _, ...read }: ListedChat, deps: LiveSummaryDeps) {
    const { view, broadcast, timer, clock, log, names } = deps;
    this.#current = read;
    this.#reads = new SummaryReads(view, { names, hasLatest: read.latest !== undefined });
    this.#heard = read.revision;
    const { id: chatId } = read;
    this.#watchers = new SummaryWatchers(chatId, view.reading);
    this.#departures = new Departures({ chatId, audience: this, members: view.members });
    const shared = { timer, take: () => undefined, failed: (err: unknown) => logFeedFailure(log, { chatId, err }) };
    const [readChanged, readMoved] = [() => this.#readChanged(), () => this.#readMoved()];
    this.#changes = new DebouncedRead({ ...shared, betweenMs: BETWEEN_MS, read: () => this.#inTurn(readChanged) });
    this.#moves = new DebouncedRead({ ...shared, betweenMs: BETWEEN_MOVES_MS, read: () => this.#inTurn(readMoved) });
    this.#typing = new LiveTyping({ timer, names, tell: (typing) => this.#watchers.tellTyping(typing, this.#current) });
    this.#hints = new LiveHints({ timer, watchers: this.#watchers });
    this.#sounds = new LiveSounds({ chatId, view: view.attention, clock });
    this.#unsubscribe = broadcast.subscribeToChat(chatId, (event) => this.#hear(event));
  }

  get current(): ChatSummary {
    return this.#current;
  }

  get isEmpty(): boolean {
    return this.#watchers.isEmpty;
  }

  userIds(): Iterable<UserId> {
    return this.#watchers.userIds();
  }

  add(watcher: SummaryWatcher, reading: Reading): void {
    this.#watchers.add(watcher, reading);
  }

  remove(watcher: SummaryWatcher): void {
    this.#watchers.remove(watcher);
  }

  reading(watcher: SummaryWatcher): Reading | undefined {
    return this.#watchers.reading(watcher);
  }

  endMembership(ended: UserId): void {
    this.#watchers.endMembership(ended);
  }

  /** The chat was read at this revision. */
  heardOf({ revision }: Pick<ChatSummary, 'revision'>): void {
    if (revision > this.#heard) this.#missed(revision);
  }

  /** For a user who has another chat of the same name. */
  readLatest(): void {
    if (this.#reads.beginLatest()) this.#changes.changed();
  }

  /** The watcher's read pointer and level were read. */
  stateIs(watcher: SummaryWatcher, state: ReadingState): void {
    const known = this.reading(watcher);
    if (known && !areSameStates(known, state)) this.stateChanged(watcher);
  }

  stateChanged(watcher: SummaryWatcher): void {
    this.#watchers.stateChanged(watcher);
    this.#moves.changed();
  }

  /** Somebody has another name, which is told at once. */
  renamed(): void {
    const summary = this.#reads.present(this.#current);
    if (summary === this.#current) return;
    this.#current = summary;
    this.#watchers.tellAgain(summary);
  }

  close(): void {
    this.#unsubscribe();
  }

  #hear(event: ChatEvent): void {
    this.#typing.hear(event);
    this.#hints.hear(event);
    switch (event.type) {
      case 'message_posted':
      case 'message_changed': {
        const { revision } = event.message;
        if (event.type === 'message_posted' && revision > this.#heard) this.#sounds.posted(event.message);
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
      case 'messages_erased':
        this.#changed(this.#heard);
        return;
      // After missed events each user's feed looks where its chats stand, and says so here.
      case 'oversight_changed':
      case 'picture_set':
      case 'typing':
      case 'events_missed':
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
    this.#hints.missed();
    this.#changed(revision);
  }

  #changed(revision: number): void {
    this.#heard = revision;
    if (!this.isEmpty) this.#changes.changed();
  }

  /** Reads overtake each other, and the older one must not be told last. */
  #inTurn(read: () => Promise<void>): Promise<void> {
    const run = this.#lastRead.then(read);
    this.#lastRead = run.catch(() => undefined);
    return run;
  }

  async #readChanged(): Promise<void> {
    // First, so that a user who was removed is told nothing more.
    await this.#departures.endMissed();
    const summary = await this.#reads.read(this.#current.id);
    const told = await this.#watchers.readAll();
    const isNew = summary !== undefined && isNewer(summary, this.#current);
    const isRenamed = isNew && summary.name !== this.#current.name;
    if (isNew) {
      this.#current = summary;
      this.#heard = Math.max(this.#heard, summary.revision);
    }
    this.#watchers.tell(told, this.#current, { isNew, isRenamed });
    if (isNew && this.#watchers.hasOthersThan(told)) this.#changes.changed();
    await this.#sounds.tell(this.#watchers.readings());
  }

  async #readMoved(): Promise<void> {
    const told = await this.#watchers.readMoved();
    this.#watchers.tell(told, this.#current, { isNew: false, isRenamed: false });
  }
}
