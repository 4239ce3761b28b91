import { namedFor } from '../../domain/chats/direct.ts';
import { namesakesAmong, toldApart } from '../../domain/chats/namesakes.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { ChatId } from '../../domain/ids.ts';
import { isOlder, type ListedChat } from '../../domain/reading/reading.ts';
import type { MembersView } from '../ports/members.ts';
import { withLatest } from '../tell-apart.ts';
import type { LiveSummaries } from './live-summaries.ts';
import type { LiveSummary } from './live-summary.ts';
import type { SummaryWatcher } from './summary-watchers.ts';

/** The chats of one user, as the user sees them: with their names and, where several have the same one, with names of their members. */
export class UserChats {
  readonly #watcher: SummaryWatcher;
  readonly #summaries: LiveSummaries;
  readonly #chats = new Map<ChatId, LiveSummary>();
  #namesakes = namesakesAmong([]);

  constructor(watcher: SummaryWatcher, summaries: LiveSummaries) {
    this.#watcher = watcher;
    this.#summaries = summaries;
  }

  get size(): number {
    return this.#chats.size;
  }

  get(chatId: ChatId): LiveSummary | undefined {
    return this.#chats.get(chatId);
  }

  ids(): Iterable<ChatId> {
    return this.#chats.keys();
  }

  /** Watches a chat that was not watched before; `isNew` as in `LiveSummaries.watch`. */
  watch(read: ListedChat): { readonly isNew: boolean } {
    const { summary, isNew } = this.#summaries.watch(read, this.#watcher);
    this.#chats.set(read.id, summary);
    if (read.latest) summary.readLatest();
    return { isNew };
  }

  /** False where it was not watched. */
  unwatch(chatId: ChatId): boolean {
    const summary = this.#chats.get(chatId);
    if (!summary) return false;
    this.#chats.delete(chatId);
    this.#summaries.unwatch(summary, this.#watcher);
    return true;
  }

  seen<T extends ChatSummary>(summary: T): T {
    const named = namedFor(this.#watcher.userId, summary);
    return this.#namesakes.has(summary.id) ? toldApart(this.#watcher.userId, named) : named;
  }

  /** The chat as it was read or, where that is newer, as it was told. */
  newest(read: ListedChat): ListedChat {
    const known = this.get(read.id);
    const told = known?.reading(this.#watcher);
    const summary = known && known.current.revision > read.revision ? known.current : read;
    const { latest = read.latest } = summary;
    return { ...this.seen({ ...summary, latest }), reading: told && isOlder(read.reading, told) ? told : read.reading };
  }

  /** Adds what tells the chats of a list apart. */
  tellApart(members: MembersView, list: readonly ListedChat[]): Promise<readonly ListedChat[]> {
    return withLatest(members, list, this.#namesakesIn(list));
  }

  /** The user has these chats now, or one that is watched has another name. */
  rename(chats: readonly ChatSummary[] = [...this.#chats.values()].map(({ current }) => current)): void {
    const before = this.#namesakes;
    this.#namesakes = this.#namesakesIn(chats);
    for (const id of new Set([...before, ...this.#namesakes])) {
      if (before.has(id) !== this.#namesakes.has(id)) this.#tell(id);
    }
  }

  /** A chat has a namesake now, or has none any more. */
  #tell(chatId: ChatId): void {
    const summary = this.get(chatId);
    const reading = summary?.reading(this.#watcher);
    if (!summary || !reading) return;
    const { people, latest } = summary.current;
    if (people || latest || !this.#namesakes.has(chatId)) this.#watcher.summaryChanged(summary.current, reading);
    else summary.readLatest();
  }

  #namesakesIn(chats: readonly ChatSummary[]): ReadonlySet<ChatId> {
    return namesakesAmong(chats.map((chat) => namedFor(this.#watcher.userId, chat)));
  }
}
