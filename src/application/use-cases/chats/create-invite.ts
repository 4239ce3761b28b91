import { inviteExpiry, inviteId } from '../../../domain/chats/invite.ts';
import { assertMember } from '../../../domain/chats/membership.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * A code with which anybody who is signed in can join the chat for seven days; `expiresAt` is in milliseconds.
 * @throws DomainError `forbidden`, `unavailable`
 */
export type CreateInvite = (
  actor: Actor,
  chatId: ChatId,
) => Promise<{ readonly code: string; readonly expiresAt: number }>;

export function makeCreateInvite(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): CreateInvite {
  const { unitOfWork, clock, secrets } = deps;

  return async (actor, chatId) => {
    const code = secrets.token();
    const expiresAt = inviteExpiry(clock.now());
    await unitOfWork.run(async (store) => {
      assertMember(await store.members.find(chatId, actor.user.id));
      await store.invites.add({ id: inviteId(secrets.digest(code)), chatId, createdBy: actor.user.id, expiresAt });
    });
    return { code, expiresAt };
  };
}
