import type { Chat } from '../../../domain/chats/chat.ts';
import { assertLive, inviteId } from '../../../domain/chats/invite.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';

export interface ViewedInvite {
  readonly chat: Chat;
  /** The member who made the invite. */
  readonly invitedBy: User;
  readonly members: number;
  /** Whether the actor is a member. */
  readonly isMember: boolean;
}

/**
 * The chat of an invite, without joining it. The code is the permission, so visitors who are signed out may ask too.
 * @throws DomainError `not_found` for an expired code as for an unknown one
 */
export type ViewInvite = (actor: Actor | undefined, code: string) => Promise<ViewedInvite>;

export function makeViewInvite(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): ViewInvite {
  const { view, clock, secrets } = deps;

  return async (actor, code) => {
    const invite = await view.invites.find(inviteId(secrets.digest(code)));
    assertLive(invite, clock.now());
    const { chatId, createdBy } = invite;
    const [chat, invitedBy, members, membership] = await Promise.all([
      view.chats.find(chatId),
      view.users.find(createdBy),
      view.members.count(chatId),
      actor && view.members.find(chatId, actor.user.id),
    ]);
    if (!chat || !invitedBy) throw new Error(`The chat ${chatId} of an invite, or the inviter, does not exist.`);
    return { chat, invitedBy, members, isMember: membership !== undefined };
  };
}
