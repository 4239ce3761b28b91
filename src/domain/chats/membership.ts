import { DomainError } from '../errors.ts';
import type { ChatId, UserId } from '../ids.ts';

export type Role = 'owner' | 'member';

export interface Membership {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly role: Role;
  readonly joinedAt: number;
}

/**
 * Reading, posting, following and inviting are every member's right, and nobody else's. To an outsider a chat that is
 * closed to them and one that does not exist look the same.
 * @throws DomainError `forbidden`
 */
export function assertMember(membership: Membership | undefined): asserts membership is Membership {
  if (!membership) throw new DomainError('forbidden', 'This chat is not open to you. A member can invite you.');
}
