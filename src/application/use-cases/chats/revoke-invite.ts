import { inviteHandle } from '../../../domain/chats/invite.ts';
import { assertAllowed, mayInvite, mayManageInvite, mayModerate } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { recordAct } from '../moderation/record-act.ts';
import { findChat } from './find-chat.ts';

/**
 * Ends an invite, by its handle: its link is then answered like one that never was.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found`, also for an invite that the actor may not see; `unavailable`
 */
export type RevokeInvite = (
  actor: Actor,
  invite: { readonly chatId: ChatId; readonly handle: string },
) => Promise<void>;

export function makeRevokeInvite({
  unitOfWork,
  broadcast,
  clock,
}: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): RevokeInvite {
  return async ({ user }, { chatId, handle }) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      const { members, invites } = store;
      const membership = await members.find(chatId, user.id);
      assertAllowed(membership, mayInvite);
      const found = (await invites.to(chatId)).find(({ invite }) => inviteHandle(invite) === handle);
      if (!found || !mayManageInvite(membership, found.invite))
        throw new DomainError('not_found', 'There is no such invite link.');
      const { invite, by } = found;
      await invites.remove(invite.id);
      // What members do with their own invites is no act of moderation.
      if (!mayModerate(membership)) return;
      await recordAct(store, {
        ...{ chatId, kind: 'invite_revoked', actorId: user.id, targetId: by.id, at },
        revision: (await findChat(store, chatId)).revision,
        changes: [{ aspect: 'invite', inviteId: invite.id, before: invite, after: null }],
      });
    });
    broadcast.publishToChat(chatId, { type: 'oversight_changed', chatId });
  };
}
