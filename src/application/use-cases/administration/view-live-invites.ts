import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ListedInvite } from '../../ports/overview.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertAdministers } from './administrators.ts';
import { type NumberedPage, pageOf } from './numbered-page.ts';

/**
 * The invites of all chats that work, the newest first. The first page is 1. Their codes are stored nowhere.
 * @throws DomainError `not_found` to outsiders
 */
export type ViewLiveInvites = (actor: Actor, page: number) => Promise<NumberedPage<ListedInvite>>;

export function makeViewLiveInvites(deps: { readonly view: StoreView; readonly clock: Clock }): ViewLiveInvites {
  const { view, clock } = deps;

  return async (actor, page) => {
    await assertAdministers(view, actor);
    return pageOf(page, (range) => view.overview.liveInvites({ ...range, now: clock.now() }));
  };
}
