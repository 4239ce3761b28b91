import { nothingHere } from '../../../domain/administration/standing.ts';
import type { InviteId } from '../../../domain/chats/invite.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { assertAdministers } from './administrators.ts';

/**
 * Ends an invite to any chat, as an administrator.
 * @throws DomainError `not_found` for an unknown invite, and to outsiders; `unavailable`
 */
export type WithdrawInvite = (actor: Actor, id: InviteId) => Promise<void>;

export function makeWithdrawInvite(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}): WithdrawInvite {
  const { unitOfWork, clock } = deps;

  return async (actor, id) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      const { administration, invites, chats } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      const invite = await invites.find(id);
      if (!invite) throw nothingHere();
      await invites.remove(id);
      const chat = await chats.find(invite.chatId);
      const detail = chat?.name ?? '';
      await administration.addAct({ kind: 'revoke_invite', by, about: invite.createdBy, detail, at });
    });
  };
}
