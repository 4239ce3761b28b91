import type { Actor } from '../../actor.ts';
import type { ListedChat } from '../../ports/overview.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';
import { type NumberedPage, pageOf } from './numbered-page.ts';

export interface LargestChatsQuery {
  /** By their size, or by their last use. */
  readonly by: 'size' | 'use';
  /** The first page is 1. */
  readonly page: number;
}

/**
 * The chats of the installation: their names and counts, and no word of what is in them.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewLargestChats = (actor: Actor, query: LargestChatsQuery) => Promise<NumberedPage<ListedChat>>;

export function makeViewLargestChats({ view }: { readonly view: StoreView }): ViewLargestChats {
  return async (actor, { by, page }) => {
    await assertAdministers(view, actor);
    return pageOf(page, (range) => view.overview.chats({ ...range, by }));
  };
}
