import { assertAllowed, mayModerate } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { isInForce, termsOf } from '../../../domain/moderation/ban.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findChat } from '../chats/find-chat.ts';
import { recordAct } from './record-act.ts';

/**
 * Ends a ban: the person may come back by an invite that was made after their removal.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`; `not_found` for a person who is not banned;
 * `unavailable`
 */
export type LiftBan = (actor: Actor, banned: { readonly chatId: ChatId; readonly userId: UserId }) => Promise<void>;

export function makeLiftBan({
  unitOfWork,
  broadcast,
  clock,
}: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): LiftBan {
  return async ({ user }, { chatId, userId }) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayModerate);
      const ban = await store.bans.find(chatId, userId);
      if (!ban || !isInForce(ban, at)) throw new DomainError('not_found', 'This person is not banned.');
      await store.bans.remove(chatId, userId);
      await recordAct(store, {
        ...{ chatId, kind: 'unbanned', actorId: user.id, targetId: userId, at },
        revision: (await findChat(store, chatId)).revision,
        changes: [{ aspect: 'ban', userId, before: termsOf(ban), after: null }],
      });
    });
    broadcast.publishToChat(chatId, { type: 'oversight_changed', chatId });
  };
}
