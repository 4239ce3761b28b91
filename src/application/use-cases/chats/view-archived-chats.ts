import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { tellApart } from '../../tell-apart.ts';

/** The summaries of those of the actor's chats that are archived, by their newest message, the newest first. */
export type ViewArchivedChats = (actor: Actor) => Promise<readonly ListedChat[]>;

export function makeViewArchivedChats({ view }: { readonly view: StoreView }): ViewArchivedChats {
  return async ({ user }) => {
    const all = await view.chats.summariesOfUser(user.id);
    return tellApart(
      view.members,
      user.id,
      all.filter(({ isArchived }) => isArchived),
    );
  };
}
