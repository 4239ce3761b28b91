import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { StoreView } from '../ports/store.ts';
import { withLatest } from '../tell-apart.ts';

/** Reads the summary of a chat, from some time on with its latest members. */
export class SummaryReads {
  readonly #view: Pick<StoreView, 'chats' | 'members'>;
  #hasLatest: boolean;

  constructor(view: Pick<StoreView, 'chats' | 'members'>, { hasLatest }: { readonly hasLatest: boolean }) {
    this.#view = view;
    this.#hasLatest = hasLatest;
  }

  /** False where they are read already. */
  beginLatest(): boolean {
    if (this.#hasLatest) return false;
    this.#hasLatest = true;
    return true;
  }

  async read(chatId: ChatId): Promise<ChatSummary | undefined> {
    const summary = await this.#view.chats.summary(chatId);
    if (!summary || !this.#hasLatest) return summary;
    const [read] = await withLatest(this.#view.members, [summary], new Set([chatId]));
    return read;
  }
}

/** One of the same revision is newer where its latest members are others, or have other names. */
export function isNewer(one: ChatSummary, other: ChatSummary): boolean {
  if (one.revision !== other.revision) return one.revision > other.revision;
  const names = ({ latest = [] }: ChatSummary) => latest.map(({ id, username }) => `${id} ${username}`).join();
  return names(one) !== names(other);
}
