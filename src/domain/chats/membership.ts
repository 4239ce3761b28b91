import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';
import type { ChatId, UserId } from '../ids.ts';

/** A chat has one owner, as long as it has members: whoever started it, and after them whoever has been in it longest. */
export type Role = 'owner' | 'member';

export interface Membership {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly role: Role;
  readonly joinedAt: number;
}

/** A membership as it is shown. */
export interface Member {
  readonly user: User;
  readonly role: Role;
  readonly joinedAt: number;
}

/** Members stand in the order of their joining; among those of one moment the smaller id is first. */
export interface JoiningPlace {
  readonly joinedAt: number;
  readonly userId: UserId;
}

/**
 * Reading, posting, following, inviting and leaving are every member's right, and nobody else's. To an outsider a chat that
 * is closed to them and one that does not exist look the same.
 * @throws DomainError `forbidden`
 */
export function assertMember(membership: Membership | undefined): asserts membership is Membership {
  if (!membership) throw new DomainError('forbidden', 'This chat is not open to you. A member can invite you.');
}

/**
 * Renaming the chat and removing others are its owner's right.
 * @throws DomainError `forbidden`: that the chat is there is no secret to whoever is a member of it
 */
export function assertOwner({ role }: Membership): void {
  if (role !== 'owner') throw new DomainError('forbidden', 'Only the owner of this chat can do that.');
}

/**
 * The owner removes others. Who wants to go leaves instead, because the chat then needs another owner.
 * @throws DomainError `forbidden`, `not_found` when there is no such member, `bad_request` for oneself
 */
export function assertRemovable(by: Membership, member: Membership | undefined): asserts member is Membership {
  assertOwner(by);
  if (!member) throw new DomainError('not_found', 'This person is not in the chat.');
  if (member.userId === by.userId) throw new DomainError('bad_request', 'To go yourself, leave the chat.');
}
