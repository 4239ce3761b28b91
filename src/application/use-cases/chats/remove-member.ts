import { assertMayRemove } from '../../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { deletedSince } from '../../../domain/moderation/ban.ts';
import { optionalReason } from '../../../domain/moderation/reason.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { expel } from '../moderation/expel.ts';
import { publishExpelled } from '../moderation/publish-expelled.ts';
import { recordAct } from '../moderation/record-act.ts';
import { addNotice } from './add-notice.ts';
import { findUserOf } from './find-user-of.ts';

export interface Removal {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly reason?: string | undefined;
  /** Messages of the member from the last hours that are deleted with it; none when undefined or 0. */
  readonly deleteHours?: number | undefined;
}

/**
 * Ends another user's membership and what they have open of the chat, and revokes the invites that they made: to come back they
 * need an invite of another member that is made later.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found` when there is no such member; `bad_request`
 * for oneself; `invalid_reason`; `unavailable`
 */
export type RemoveMember = (actor: Actor, removal: Removal) => Promise<void>;

export function makeRemoveMember(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): RemoveMember {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, userId, deleteHours, ...asked }) => {
    const at = clock.now();
    const reason = optionalReason(asked.reason);
    const since = deletedSince(deleteHours, at);
    const told = await unitOfWork.run(async (store) => {
      const by = await store.members.find(chatId, user.id);
      const member = await store.members.find(chatId, userId);
      assertMayRemove(by, member);
      const removed = await findUserOf(store, member);
      const { changes, deleted } = await expel(store, { chatId, userId, member, by: user.id, at, since });
      const text = NOTICES.removed(user.username, removed.username);
      const notice = await addNotice(store, { chatId, author: user, text, sentAt: at });
      const act = { chatId, kind: 'removed', actorId: user.id, targetId: userId, reason, at, changes } as const;
      await recordAct(store, { ...act, revision: notice.revision });
      return { notice, deleted };
    });
    publishExpelled(broadcast, { chatId, userId, ...told });
  };
}
