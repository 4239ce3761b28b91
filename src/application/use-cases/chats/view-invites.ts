import { type Invite, isLive, mayInviteAs } from '../../../domain/chats/invite.ts';
import { assertAllowed, mayInvite, mayManageInvite } from '../../../domain/chats/permissions.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

export interface ListedInvite {
  readonly invite: Invite;
  /** The member who made it. */
  readonly by: User;
}

/**
 * The invites to the chat that still work, newest first: one's own, and for the owner those of all members.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`
 */
export type ViewInvites = (actor: Actor, chatId: ChatId) => Promise<ChatInvites>;

export interface ChatInvites {
  readonly invites: readonly ListedInvite[];
  /** The actor may make invites that let people in as moderators. */
  readonly mayInviteModerators: boolean;
}

export function makeViewInvites({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewInvites {
  return async ({ user }, chatId) => {
    const membership = await view.members.find(chatId, user.id);
    assertAllowed(membership, mayInvite);
    const now = clock.now();
    const all = await view.invites.to(chatId);
    const invites = all.filter(({ invite }) => isLive(invite, now) && mayManageInvite(membership, invite));
    return { invites, mayInviteModerators: mayInviteAs('moderator')(membership) };
  };
}
