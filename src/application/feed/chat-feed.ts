import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatEvent, MemberTyping, OversightChanged, PictureSet } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { presentChange, presentMessage } from '../../domain/reactions/present-names.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { Unsubscribe } from '../ports/broadcast.ts';
import type { Follower } from '../ports/follower.ts';
import { Audience } from './audience.ts';
import { CatchingUp } from './catching-up.ts';
import { Departures } from './departures.ts';
import type { ChatFeedDeps } from './feed-deps.ts';
import { Gathering } from './gathering.ts';
import { LatestChanges } from './latest-changes.ts';
import { LiveDetails } from './live-details.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** Maximum changes replayed to a follower; one that missed more loads the page again. */
const MAX_REPLAYED = 1000;
/** Messages read from the store at a time where the broadcast skipped some: at 40 kB each, 1 MB. */
const GAP_PAGE = 25;

/**
 * One chat's followers in this process, all at the same revision. It hears the broadcast, and where that skips a
 * revision it reads the store, so that followers get every change once and in order.
 */
export class ChatFeed {
  readonly #chatId: ChatId;
  readonly #deps: ChatFeedDeps;
  readonly close: Unsubscribe;
  readonly #opened: Promise<void>;
  /** Everything up to here has been taken in: it is delivered or pending. */
  #revision: Revision = revision(0);
  readonly #latest = new LatestChanges((after, limit) => this.#read(after, limit));
  readonly #catchingUp = new CatchingUp(async () => (await this.#read(this.#revision, GAP_PAGE)).length === GAP_PAGE);
  readonly #gathering: Gathering;
  #isOpen = false;
  readonly #audience = new Audience();
  readonly #departures: Departures;
  /** For those of the followers who want them. */
  readonly details: LiveDetails;

  constructor(chatId: ChatId, deps: ChatFeedDeps) {
    this.#chatId = chatId;
    this.#deps = deps;
    this.#gathering = new Gathering({
      timer: deps.timer,
      deliver: (changes) => {
        deps.measurements.delivered(changes.length, this.#audience.liveCount);
        this.#audience.deliver(changes);
      },
      followers: () => this.#audience.liveCount,
    });
    this.#departures = new Departures({ chatId, audience: this.#audience, members: deps.view.members });
    this.details = new LiveDetails({ ...deps, chatId, audience: this.#audience });
    // It subscribes before it reads, so that a change in between is noticed as missing.
    this.close = deps.broadcast.subscribeToChat(chatId, (event) => this.#hear(event));
    this.#opened = this.#open();
    // Each follower that joins awaits it and handles the failure. Until one does, the rejection must not count as unhandled.
    this.#opened.catch(() => undefined);
  }

  get isEmpty(): boolean {
    return this.#audience.isEmpty;
  }

  /** From here on the follower is told when its membership ends; messages come once it has joined. */
  admit(follower: Follower, userId: UserId): void {
    this.#audience.admit(follower, userId);
    this.details.changed();
  }

  /** Tells an admitted follower where the chat stands, and brings it there from `after`, or from now when undefined. */
  async join(follower: Follower, after: Revision | undefined): Promise<void> {
    await this.#opened;
    if (after !== undefined && after > this.#revision) await this.#catchingUp.run();
    if (!this.#audience.isJoining(follower)) return;
    follower.ready(this.#revision);
    await this.bringUp(follower, after ?? this.#revision);
  }

  /** Delivers what came after a revision, or a reset when that is too much, until the follower is where all are. */
  async bringUp(follower: Follower, after: Revision): Promise<void> {
    let seen: Revision | undefined = after;
    while (seen !== undefined && this.#audience.isJoining(follower)) {
      const place: Revision = seen;
      if (place === this.#revision) this.#goLive(follower);
      else seen = await this.#deps.bulkTurns.run(this.#chatId, () => this.#deliverChunk(follower, place));
    }
  }

  /** Delivers one chunk and returns the revision reached; undefined when the follower takes no more for now. */
  async #deliverChunk(follower: Follower, after: Revision): Promise<Revision | undefined> {
    if (!this.#audience.isJoining(follower)) return undefined;
    const missed = this.#revision - after;
    if (missed < 0 || missed > MAX_REPLAYED) {
      follower.reset(this.#revision);
      return this.#revision;
    }
    const chunk = await this.#latest.after(after);
    if (!this.#audience.isJoining(follower)) return undefined;
    this.#deps.measurements.delivered(chunk.length, 1);
    if (chunk.length > 0 && !follower.catchUp(chunk)) return undefined;
    return chunk.at(-1)?.revision ?? this.#revision;
  }

  #goLive(follower: Follower): void {
    // The follower has received what is still held back for the others, so they must get it before they share deliveries.
    this.flush();
    this.#audience.goLive(follower);
    if (this.details.current) follower.details(this.details.current);
  }

  leave(follower: Follower): void {
    this.#audience.leave(follower);
    this.details.changed();
  }

  renamed(): void {
    this.flush();
    this.#latest.renamed(this.#deps.names.of);
    this.details.renamed();
  }

  /** Delivers now what is held back for a moment. */
  flush(): void {
    this.#gathering.flush();
  }

  async #open(): Promise<void> {
    const chat = await this.#deps.view.chats.find(this.#chatId);
    if (chat) this.#revision = chat.revision;
    this.#latest.startAfter(this.#revision);
    this.#isOpen = true;
    if (this.#catchingUp.hasHeardMore) await this.#catchingUp.run();
  }

  #hear(event: ChatEvent): void {
    if ('message' in event) this.#hearChange(event.message);
    else if ('change' in event) this.#hearChange(event.change);
    else if (event.type === 'member_left') this.#audience.endMembership(event.userId);
    else if (event.type === 'events_missed') this.#lookForMissed();
    else if (event.type === 'messages_erased') this.#latest.erase(event.upTo, this);
    else event satisfies MemberTyping | OversightChanged | PictureSet;
  }

  #hearChange(change: ChatChange): void {
    if (this.#isOpen && change.revision <= this.#revision + 1) {
      this.#takeIn(change);
      return;
    }
    // Earlier changes are missing. The store has them, and this one too.
    this.#catchingUp.hearMore();
    if (this.#isOpen) this.#catchingUp.run().catch((err: unknown) => this.#failed(err, 'unavailable'));
  }

  #takeIn(sent: ChatChange): void {
    if (sent.revision <= this.#revision) return;
    const change = presentChange(sent, this.#deps.names.of);
    this.#revision = change.revision;
    this.#latest.add(change);
    this.#gathering.add(change);
    if (change.kind !== 'notice') return;
    // Every change of the members or the name adds a notice.
    this.#departures.suspect();
    this.details.changed();
  }

  /** Looks for changes that were not heard of. It is known of none, so a failure ends no following; the next hint looks again. */
  #lookForMissed(): void {
    this.details.changed();
    if (this.#isOpen) this.#findMissed().catch((err: unknown) => this.#failed(err));
    else this.#catchingUp.hearMore();
  }

  /** Called every few seconds. In a quiet chat it costs one read of the chat's row. */
  async #findMissed(): Promise<void> {
    const chat = await this.#deps.view.chats.find(this.#chatId);
    if (chat?.retention) this.#latest.erase(chat.retention.erasedTo, this);
    const isBehind = (chat?.revision ?? 0) > this.#revision;
    if (isBehind) this.#departures.suspect();
    // Before the changes are read, so that a user who left gets none of them.
    await this.#departures.endMissed();
    if (!isBehind) return;
    this.#catchingUp.hearMore();
    await this.#catchingUp.run();
  }

  #failed(err: unknown, reason?: 'unavailable'): void {
    logFeedFailure(this.#deps.log, { chatId: this.#chatId, err });
    if (reason) this.#audience.endAll(reason);
  }

  /** Reads the changes after a revision, and takes in those that the feed does not have yet. */
  async #read(after: Revision, limit: number): Promise<readonly Message[]> {
    const messages = await this.#deps.view.messages.changedAfter(this.#chatId, after, limit);
    for (const message of messages) this.#takeIn(message);
    return messages.map((message) => presentMessage(message, this.#deps.names.of));
  }
}
