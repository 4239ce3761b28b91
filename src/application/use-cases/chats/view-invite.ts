import type { Chat } from '../../../domain/chats/chat.ts';
import { inviteId } from '../../../domain/chats/invite.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertLiveInvite } from './assert-live-invite.ts';

export interface ViewedInvite {
  readonly chat: Chat;
  readonly members: number;
  /** Whether the actor is one of them already. */
  readonly isMember: boolean;
}

/**
 * What an invite opens, without joining.
 * @throws DomainError `not_found`: expired and unknown look the same
 */
export type ViewInvite = (actor: Actor, code: string) => Promise<ViewedInvite>;

export function makeViewInvite(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): ViewInvite {
  const { view, clock, secrets } = deps;

  return async ({ user }, code) => {
    const invite = await view.invites.find(inviteId(secrets.digest(code)));
    assertLiveInvite(invite, clock.now());
    const chat = await view.chats.find(invite.chatId);
    if (!chat) throw new Error(`Invite to chat ${invite.chatId}, which is not there.`);
    const isMember = (await view.members.find(chat.id, user.id)) !== undefined;
    return { chat, members: await view.members.count(chat.id), isMember };
  };
}
