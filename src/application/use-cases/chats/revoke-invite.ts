import { inviteHandle } from '../../../domain/chats/invite.ts';
import { assertAllowed, mayInvite, mayManageInvite } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * Ends an invite, by its handle: its link is then answered like one that never was.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found`, also for an invite that the actor may not see; `unavailable`
 */
export type RevokeInvite = (
  actor: Actor,
  invite: { readonly chatId: ChatId; readonly handle: string },
) => Promise<void>;

export function makeRevokeInvite({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): RevokeInvite {
  return async ({ user }, { chatId, handle }) => {
    await unitOfWork.run(async ({ members, invites }) => {
      const membership = await members.find(chatId, user.id);
      assertAllowed(membership, mayInvite);
      const found = (await invites.to(chatId)).find(({ invite }) => inviteHandle(invite) === handle);
      if (!found || !mayManageInvite(membership, found.invite))
        throw new DomainError('not_found', 'There is no such invite link.');
      await invites.remove(found.invite.id);
    });
  };
}
