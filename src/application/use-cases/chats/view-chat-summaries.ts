import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { tellApart } from '../../tell-apart.ts';

/** The summaries of the actor's chats, by their newest message, the newest first, without those that are archived. */
export type ViewChatSummaries = (actor: Actor) => Promise<readonly ListedChat[]>;

export function makeViewChatSummaries({ view }: { readonly view: StoreView }): ViewChatSummaries {
  return async ({ user }) => {
    const all = await view.chats.summariesOfUser(user.id);
    return tellApart(
      view.members,
      user.id,
      all.filter(({ isArchived }) => !isArchived),
    );
  };
}
