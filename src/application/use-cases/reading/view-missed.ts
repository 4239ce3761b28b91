import { type MissedChat, missedChats } from '../../../domain/reading/missed.ts';
import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import { tellApart } from '../../tell-apart.ts';

export interface Missed {
  /** Those with unread messages that are to be offered, in the order in which they are. */
  readonly missed: readonly MissedChat[];
  /** All the actor's chats, by their newest message, the newest first. */
  readonly chats: readonly ListedChat[];
}

/** What the actor has yet to read in their chats, and what of it stands out. */
export type ViewMissed = (actor: Actor) => Promise<Missed>;

export function makeViewMissed({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewMissed {
  return async ({ user }) => {
    const [listed, messages] = await Promise.all([view.chats.summariesOfUser(user.id), view.reading.missedBy(user.id)]);
    const shown = listed.filter(({ isArchived }) => !isArchived);
    const chats = await tellApart(view.members, user.id, shown);
    return { missed: missedChats(chats, messages, clock.now()), chats };
  };
}
