import type { Membership, ShownRole } from '../../../domain/chats/membership.ts';
import { assertAllowed, assertMaySetRole, maySetRoles } from '../../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Change } from '../../../domain/moderation/changes.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { recordAct } from '../moderation/record-act.ts';
import { addNotice } from './add-notice.ts';
import { findUserOf } from './find-user-of.ts';

export interface NewRole {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly role: ShownRole;
}

/**
 * Gives a member a role and adds a notice of it. Who makes somebody else the owner is a moderator from then on. The role that the member has
 * already changes nothing and adds no notice.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`; `not_found` when there is no such member; `bad_request`
 * for oneself; `unavailable`
 */
export type SetRole = (actor: Actor, role: NewRole) => Promise<void>;

export function makeSetRole(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): SetRole {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, userId, role }) => {
    const sentAt = clock.now();
    const message = await unitOfWork.run(async (store) => {
      const by = await store.members.find(chatId, user.id);
      const member: Membership | undefined = await store.members.find(chatId, userId);
      assertAllowed(by, maySetRoles);
      assertMaySetRole(by, member);
      if (member.role === role) return undefined;
      const given = await findUserOf(store, member);
      await store.members.setRole(chatId, userId, role);
      if (role === 'owner') await store.members.setRole(chatId, user.id, 'moderator');
      const text = NOTICES.givenRole(user.username, given.username, role);
      const notice = await addNotice(store, { chatId, author: user, text, sentAt });
      const changes = [roleChange(member, role), ...(role === 'owner' ? [roleChange(by, 'moderator')] : [])];
      const kind = role === 'owner' ? 'handed_over' : 'role_set';
      const act = { chatId, kind, actorId: user.id, targetId: userId, at: sentAt, changes } as const;
      await recordAct(store, { ...act, revision: notice.revision });
      return notice;
    });
    if (!message) return;
    for (const id of role === 'owner' ? [userId, user.id] : [userId])
      broadcast.publishToUser(id, { type: 'role_set', userId: id, chatId });
    broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}

const roleChange = ({ userId, role: before, joinedAt }: Membership, after: ShownRole): Change => ({
  aspect: 'membership',
  userId,
  before: { role: before, joinedAt },
  after: { role: after, joinedAt },
});
