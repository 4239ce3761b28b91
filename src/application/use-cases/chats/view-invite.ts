import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAdmits, assertLive, type Invite, inviteId } from '../../../domain/chats/invite.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { UserId } from '../../../domain/ids.ts';
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
 * @throws DomainError `not_found` for an expired code, and for one that does not admit the actor, as for an unknown one
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
    const now = clock.now();
    assertLive(invite, now);
    const { chatId, createdBy } = invite;
    const [chat, invitedBy, members, isMember] = await Promise.all([
      view.chats.find(chatId),
      view.users.find(createdBy),
      view.members.count(chatId),
      actor ? isMemberOrAdmitted(view, { invite, userId: actor.user.id, now }) : false,
    ]);
    if (!chat || !invitedBy) throw new Error(`The chat ${chatId} of an invite, or the inviter, does not exist.`);
    return { chat, invitedBy, members, isMember };
  };
}

/** Whether the user is a member. @throws DomainError `not_found` when they are not, and the invite does not let them in */
async function isMemberOrAdmitted(
  view: StoreView,
  { invite, userId, now }: { readonly invite: Invite; readonly userId: UserId; readonly now: number },
): Promise<boolean> {
  const { chatId } = invite;
  if (await view.members.find(chatId, userId)) return true;
  const barredAt = await view.invites.barredAt(chatId, userId);
  assertAdmits(invite, { barredAt, ban: await view.bans.find(chatId, userId), now });
  return false;
}
