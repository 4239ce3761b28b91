import type { Revision } from '../../domain/chats/chat.ts';
import { mayOversee } from '../../domain/chats/permissions.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { PictureSet } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { areSameReadings, type Reading } from '../../domain/reading/reading.ts';
import type { Typing } from '../../domain/typing/typing.ts';
import type { ReadingView } from '../ports/reading.ts';
import type { SettingsCache } from './settings-cache.ts';

/** A user who sees the chat in a list. */
export interface SummaryWatcher {
  readonly userId: UserId;
  readonly settings: SettingsCache;
  summaryChanged(summary: ChatSummary, reading: Reading): void;
  /** The chat has another name. Its new summary is told after this. */
  chatRenamed(): void;
  /** Another member is writing in the chat. */
  typing(typing: Typing, summary: ChatSummary): void;
  /** The user's open pages play a sound for the message. */
  sound(chatId: ChatId, position: Revision): void;
  /** The reports or the audit of the chat may have changed. */
  oversightChanged(chatId: ChatId): void;
  /** The chat, or a member, has another picture, or none. */
  hear(set: PictureSet): void;
  /** The user is no longer a member. */
  lostChat(chatId: ChatId): void;
}

/** The users who see a chat in a list, and what each of them was told last of what they have yet to read in it. */
export class SummaryWatchers {
  readonly #readings = new Map<SummaryWatcher, Reading>();
  /** Those whose read pointers or levels changed. */
  readonly #moved = new Set<SummaryWatcher>();
  readonly #chatId: ChatId;
  readonly #view: ReadingView;

  constructor(chatId: ChatId, view: ReadingView) {
    this.#chatId = chatId;
    this.#view = view;
  }

  get isEmpty(): boolean {
    return this.#readings.size === 0;
  }

  *userIds(): Iterable<UserId> {
    for (const { userId } of this.#readings.keys()) yield userId;
  }

  /** What each of them was told last. */
  readings(): Iterable<readonly [SummaryWatcher, Reading]> {
    return this.#readings;
  }

  add(watcher: SummaryWatcher, reading: Reading): void {
    this.#readings.set(watcher, reading);
  }

  remove(watcher: SummaryWatcher): void {
    this.#readings.delete(watcher);
    this.#moved.delete(watcher);
  }

  reading(watcher: SummaryWatcher): Reading | undefined {
    return this.#readings.get(watcher);
  }

  stateChanged(watcher: SummaryWatcher): void {
    this.#moved.add(watcher);
  }

  endMembership(ended: UserId): void {
    for (const watcher of this.#readings.keys()) if (watcher.userId === ended) watcher.lostChat(this.#chatId);
  }

  /** Reads what all watchers have yet to read. */
  readAll(): Promise<Told> {
    this.#moved.clear();
    return this.#read(new Set(this.#readings.keys()));
  }

  /** Reads the same of those whose read pointers or levels changed. */
  readMoved(): Promise<Told> {
    const asked = new Set(this.#moved);
    this.#moved.clear();
    return this.#read(asked);
  }

  /** Tells those of them for whom something changed: all of them where the summary is new. */
  tell({ asked, readings }: Told, summary: ChatSummary, { isNew, isRenamed }: SummaryChange): void {
    for (const watcher of asked) {
      const before = this.#readings.get(watcher);
      // A watcher may have left since.
      if (!before) continue;
      const reading = readings.get(watcher.userId);
      if (!reading) watcher.lostChat(this.#chatId);
      else {
        this.#readings.set(watcher, reading);
        if (isRenamed) watcher.chatRenamed();
        if (isNew || !areSameReadings(before, reading)) watcher.summaryChanged(summary, reading);
      }
    }
  }

  /** Tells all of them the summary, in which people have other names. */
  tellAgain(summary: ChatSummary): void {
    for (const [watcher, reading] of this.#readings) {
      if (summary.people) watcher.chatRenamed();
      watcher.summaryChanged(summary, reading);
    }
  }

  /** Nobody is told of their own typing, on none of their devices. */
  tellTyping(typing: Typing, summary: ChatSummary): void {
    for (const watcher of this.#readings.keys()) if (watcher.userId !== typing.user.id) watcher.typing(typing, summary);
  }

  /** Tells those who may see the reports and the audit, by the roles that were read last. */
  tellOversight(): void {
    for (const [watcher, { role }] of this.#readings) if (mayOversee({ role })) watcher.oversightChanged(this.#chatId);
  }

  tellPicture(set: PictureSet): void {
    for (const watcher of this.#readings.keys()) watcher.hear(set);
  }

  /** Whether watchers were added after these were read. */
  hasOthersThan({ asked }: Told): boolean {
    return this.#readings.keys().some((watcher) => !asked.has(watcher));
  }

  async #read(asked: ReadonlySet<SummaryWatcher>): Promise<Told> {
    if (asked.size === 0) return { asked, readings: new Map() };
    const userIds = [...asked].map(({ userId }) => userId);
    try {
      return { asked, readings: await this.#view.ofMembers(this.#chatId, userIds) };
    } catch (error) {
      for (const watcher of asked) if (this.#readings.has(watcher)) this.#moved.add(watcher);
      throw error;
    }
  }
}

interface SummaryChange {
  readonly isNew: boolean;
  readonly isRenamed: boolean;
}

/** What watchers are about to be told. */
interface Told {
  readonly asked: ReadonlySet<SummaryWatcher>;
  readonly readings: ReadonlyMap<UserId, Reading>;
}
