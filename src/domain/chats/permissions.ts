import { DomainError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { Membership, Role } from './membership.ts';

type Right =
  | 'read'
  | 'post'
  | 'react'
  | 'pin'
  | 'invite'
  | 'leave'
  | 'rename'
  | 'remove_members'
  | 'delete_messages'
  | 'manage_invites';

const MEMBER: readonly Right[] = ['read', 'post', 'react', 'pin', 'invite', 'leave'];

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  member: new Set(MEMBER),
  owner: new Set([...MEMBER, 'rename', 'remove_members', 'delete_messages', 'manage_invites']),
  participant: new Set(['read', 'post', 'react', 'pin', 'leave']),
  blocked: new Set(['read', 'leave']),
};

type Holder = Pick<Membership, 'role'>;

export type Permission = (by: Holder) => boolean;

/** A role that only a newer release knows has the rights of a member. */
const holdersOf =
  (right: Right): Permission =>
  ({ role }) =>
    (RIGHTS[role] ?? RIGHTS.member).has(right);

/** To read a chat, to follow it, and to see who is in it. */
export const mayRead = holdersOf('read');
export const mayPost = holdersOf('post');
export const mayReact = holdersOf('react');
/** To pin and unpin messages of any author. */
export const mayPin = holdersOf('pin');
export const mayInvite = holdersOf('invite');
export const mayLeave = holdersOf('leave');
export const mayRename = holdersOf('rename');
export const mayRemoveMembers = holdersOf('remove_members');
/** To delete what other members wrote. */
export const mayDeleteMessages = holdersOf('delete_messages');

/** Members cannot remove themselves: leaving does more, because the chat may need another owner. */
export const mayRemove = (by: Membership, member: Pick<Membership, 'userId'>): boolean =>
  mayRemoveMembers(by) && member.userId !== by.userId;

const mayManageInvites = holdersOf('manage_invites');

/** To see an invite and to revoke it: one's own, and for the owner all. */
export const mayManageInvite = (by: Membership, invite: { readonly createdBy: UserId }): boolean =>
  mayManageInvites(by) || invite.createdBy === by.userId;

const ownersOnly = () => new DomainError('forbidden', 'Only the owner of this chat can do that.');

const REFUSALS: Readonly<Record<Role, () => DomainError>> = {
  owner: ownersOnly,
  member: ownersOnly,
  participant: () => new DomainError('direct_chat', 'A direct chat has no name of its own, no invites and no owner.'),
  blocked: () => new DomainError('forbidden', 'You cannot write in this chat.'),
};

/** @throws DomainError `forbidden`; `direct_chat` for what only groups have */
export function assertAllowed(by: Membership | undefined, may: Permission): asserts by is Membership {
  if (!by) throw closedChat();
  if (!may(by)) throw (REFUSALS[by.role] ?? ownersOnly)();
}

/** @throws DomainError `forbidden`; `not_found` when there is no such member; `bad_request` for oneself */
export function assertMayRemove(
  by: Membership | undefined,
  member: Membership | undefined,
): asserts member is Membership {
  assertAllowed(by, mayRemoveMembers);
  if (!member) throw new DomainError('not_found', 'This person is not a member of the chat.');
  if (!mayRemove(by, member))
    throw new DomainError('bad_request', 'You cannot remove yourself. Leave the chat instead.');
}

/** Outsiders must not learn whether a chat exists: a closed chat and one that does not exist get this same refusal. */
export function closedChat(): DomainError {
  return new DomainError('forbidden', 'This chat is not open to you. A member can invite you.');
}
