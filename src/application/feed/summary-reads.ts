import { type ChatSummary, presentSummary } from '../../domain/chats/summary.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { StoreView } from '../ports/store.ts';
import { withLatest } from '../tell-apart.ts';
import type { Names } from './feed-deps.ts';

/** Reads the summary of a chat, from some time on with its latest members. */
export class SummaryReads {
  readonly #view: Pick<StoreView, 'chats' | 'members'>;
  readonly #names: Pick<Names, 'of'>;
  #hasLatest: boolean;

  constructor(
    view: Pick<StoreView, 'chats' | 'members'>,
    { names, hasLatest }: { readonly names: Pick<Names, 'of'>; readonly hasLatest: boolean },
  ) {
    this.#view = view;
    this.#names = names;
    this.#hasLatest = hasLatest;
  }

  /** False where they are read already. */
  beginLatest(): boolean {
    if (this.#hasLatest) return false;
    this.#hasLatest = true;
    return true;
  }

  /** With the present names of people: the same object where no name is another. */
  present(summary: ChatSummary): ChatSummary {
    return presentSummary(summary, this.#names.of);
  }

  async read(chatId: ChatId): Promise<ChatSummary | undefined> {
    const summary = await this.#view.chats.summary(chatId);
    if (!summary) return undefined;
    if (!this.#hasLatest) return this.present(summary);
    const [read] = await withLatest(this.#view.members, [summary], new Set([chatId]));
    return read && this.present(read);
  }
}

/**
 * One of the same revision is newer where its latest members are others, or have other names, and where messages were erased, which takes no
 * revision.
 */
export function isNewer(one: ChatSummary, other: ChatSummary): boolean {
  if (one.revision !== other.revision) return one.revision > other.revision;
  const names = ({ latest = [] }: ChatSummary) => latest.map(({ id, username }) => `${id} ${username}`).join();
  return names(one) !== names(other) || (one.last?.position ?? 0) < (other.last?.position ?? 0);
}
