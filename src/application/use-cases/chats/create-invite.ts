import {
  type AskedTerms,
  assertRoomForInvite,
  inviteId,
  inviteTerms,
  mayInviteAs,
  newInvite,
} from '../../../domain/chats/invite.ts';
import { assertAllowed, mayInvite } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';

/**
 * Creates an invite: until it expires or is used up, anyone who is signed in can join the chat with its code. `expiresAt` is in
 * milliseconds.
 * @throws DomainError `invalid_invite`, `forbidden`, `too_many_invites`, `too_many_requests`, `unavailable`
 */
export type CreateInvite = (
  actor: Actor,
  chatId: ChatId,
  asked?: AskedTerms,
) => Promise<{ readonly code: string; readonly expiresAt: number }>;

export function makeCreateInvite(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly rateLimits: RateLimits;
  /** Maximum invites of one chat that have not expired. */
  readonly maxLiveInvites: number;
}): CreateInvite {
  const { unitOfWork, clock, secrets, rateLimits, maxLiveInvites } = deps;

  return async (actor, chatId, asked) => {
    const terms = inviteTerms(asked);
    const code = secrets.token();
    const now = clock.now();
    const made = { id: inviteId(secrets.digest(code)), chatId, createdBy: actor.user.id, createdAt: now };
    const invite = newInvite(terms, made);
    const limited = {
      limit: 'new_invites',
      key: `${actor.user.id}`,
      refusal: 'You have created many invite links.',
    } as const;
    await withinLimit(rateLimits, limited, () =>
      unitOfWork.run(async (store) => {
        const membership = await store.members.find(chatId, actor.user.id);
        assertAllowed(membership, mayInvite);
        assertAllowed(membership, mayInviteAs(terms.role));
        assertRoomForInvite(await store.invites.countLive(chatId, now), maxLiveInvites);
        await store.invites.add(invite);
      }),
    );
    return { code, expiresAt: invite.expiresAt };
  };
}
