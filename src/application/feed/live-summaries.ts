import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ListedChat } from '../../domain/reading/reading.ts';
import type { NamingFeedDeps } from './feed-deps.ts';
import { LiveSummary } from './live-summary.ts';
import type { SummaryWatcher } from './summary-watchers.ts';

/** The summaries of the chats that connected users see, one each. */
export class LiveSummaries {
  readonly #deps: NamingFeedDeps;
  readonly #open = new Map<ChatId, LiveSummary>();

  constructor(deps: NamingFeedDeps) {
    this.#deps = deps;
  }

  /** Tells the watcher of every change; `isNew` says that what came after `read` was not heard until now. */
  watch(read: ListedChat, watcher: SummaryWatcher): { readonly summary: LiveSummary; readonly isNew: boolean } {
    const open = this.#open.get(read.id);
    const summary = open ?? new LiveSummary(read, this.#deps);
    if (!open) this.#open.set(read.id, summary);
    summary.add(watcher, read.reading);
    return { summary, isNew: !open };
  }

  /** The chat as users see it, with those users; undefined when no connected user does. */
  watching(chatId: ChatId): { readonly members: number; readonly userIds: Iterable<UserId> } | undefined {
    const summary = this.#open.get(chatId);
    return summary && { members: summary.current.members, userIds: summary.userIds() };
  }

  /** Somebody has another name. */
  renamed(): void {
    for (const summary of this.#open.values()) summary.renamed();
  }

  unwatch(summary: LiveSummary, watcher: SummaryWatcher): void {
    summary.remove(watcher);
    if (!summary.isEmpty) return;
    summary.close();
    this.#open.delete(summary.current.id);
  }
}
