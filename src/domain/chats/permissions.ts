import { DomainError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { GROUP_ROLES, type Membership, type Role, type ShownRole } from './membership.ts';

type Right =
  | 'read'
  | 'withdraw'
  | 'post'
  | 'react'
  | 'pin'
  | 'invite'
  | 'leave'
  | 'report'
  | 'rename'
  | 'set_picture'
  | 'remove_members'
  | 'delete_messages'
  | 'manage_invites'
  | 'moderate'
  | 'oversee'
  | 'archive'
  | 'set_retention'
  | 'post_at_any_rate'
  | 'set_roles';

const MEMBER: readonly Right[] = ['read', 'withdraw', 'post', 'react', 'pin', 'invite', 'leave', 'report'];
const MODERATOR: readonly Right[] = [
  ...MEMBER,
  'remove_members',
  'delete_messages',
  'manage_invites',
  'moderate',
  'oversee',
  'post_at_any_rate',
];

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  member: new Set(MEMBER),
  moderator: new Set(MODERATOR),
  owner: new Set([...MODERATOR, 'rename', 'set_picture', 'set_roles', 'archive', 'set_retention']),
  participant: new Set(['read', 'withdraw', 'post', 'react', 'pin', 'leave']),
  blocked: new Set(['read', 'withdraw', 'leave']),
};

/** The rights that are left in an archived chat, to those who have them. All others change what members see. */
const IN_ARCHIVE: ReadonlySet<Right> = new Set(['read', 'leave', 'oversee', 'archive']);

type Holder = Pick<Membership, 'role' | 'isArchived'>;

export type Permission = (by: Holder) => boolean;

/** A role that only a newer release knows has the rights of a member. */
const holdersOf =
  (right: Right): Permission =>
  ({ role, isArchived = false }) =>
    (RIGHTS[role] ?? RIGHTS.member).has(right) && (!isArchived || IN_ARCHIVE.has(right));

/** To read a chat, to follow it, and to see who is in it. */
export const mayRead = holdersOf('read');
/** To delete messages and erase earlier versions, as far as their authors and others may. */
export const mayWithdraw = holdersOf('withdraw');
export const mayPost = holdersOf('post');
/** To post without regard to the slow mode of the chat. */
export const mayPostAtAnyRate = holdersOf('post_at_any_rate');
export const mayReact = holdersOf('react');
/** To pin and unpin messages of any author. */
export const mayPin = holdersOf('pin');
export const mayInvite = holdersOf('invite');
/** To report messages of others to the owner and the moderators. */
export const mayReportMessages = holdersOf('report');
export const mayLeave = holdersOf('leave');
export const mayRename = holdersOf('rename');
/** To give the chat a picture, and to remove it. */
export const maySetPicture = holdersOf('set_picture');
export const mayRemoveMembers = holdersOf('remove_members');
/** To delete what other members wrote. */
export const mayDeleteMessages = holdersOf('delete_messages');

/** To ban people, to set the slow mode, and to undo what was done to the chat. */
export const mayModerate = holdersOf('moderate');
/** To see who is banned, what was reported, and what was done to the chat. */
export const mayOversee = holdersOf('oversee');

/** To archive the chat, and to bring it back. */
export const mayArchive = holdersOf('archive');
/** To set after how many days messages are erased. */
export const maySetRetention = holdersOf('set_retention');

/** To give other members roles, and to hand over the ownership. */
export const maySetRoles = holdersOf('set_roles');

/**
 * The owner removes all others, a moderator only members. Nobody removes themselves: leaving does more, because the chat may need another
 * owner.
 */
export const mayRemove = (by: Membership, member: Pick<Membership, 'userId' | 'role'>): boolean =>
  mayRemoveMembers(by) && member.userId !== by.userId && (maySetRoles(by) || !mayRemoveMembers(member));

/** The owner cannot give themselves another role: they hand over the ownership to somebody. */
const maySetRole = (by: Membership, member: Pick<Membership, 'userId'>): boolean =>
  maySetRoles(by) && member.userId !== by.userId;

/** The other roles that a member may be given. */
export const rolesToGive = (by: Membership, member: Pick<Membership, 'userId' | 'role'>): readonly ShownRole[] =>
  maySetRole(by, member) ? GROUP_ROLES.filter((role) => role !== member.role) : [];

const mayManageInvites = holdersOf('manage_invites');

/** To see an invite and to revoke it: one's own, and for the owner and moderators all. */
export const mayManageInvite = (by: Membership, invite: { readonly createdBy: UserId }): boolean =>
  mayManageInvites(by) || invite.createdBy === by.userId;

function refusalOf(role: Role, may: Permission): DomainError {
  if (role === 'participant')
    return new DomainError('direct_chat', 'A direct chat has no name of its own, no invites and no owner.');
  if (role === 'blocked') return new DomainError('forbidden', 'You cannot write in this chat.');
  const holders = may({ role: 'moderator' }) ? 'the owner and the moderators' : 'the owner';
  return new DomainError('forbidden', `Only ${holders} of this chat can do that.`);
}

/** @throws DomainError `forbidden`; `direct_chat` for what only groups have; `archived` for what only the archive prevents */
export function assertAllowed(by: Membership | undefined, may: Permission): asserts by is Membership {
  if (!by) throw closedChat();
  if (may(by)) return;
  throw by.isArchived && may({ role: by.role }) ? archivedChat() : refusalOf(by.role, may);
}

/** @throws DomainError `forbidden`; `not_found` when there is no such member; `bad_request` for oneself */
export function assertMayRemove(
  by: Membership | undefined,
  member: Membership | undefined,
): asserts member is Membership {
  assertAllowed(by, mayRemoveMembers);
  assertIsMember(member);
  if (member.userId === by.userId)
    throw new DomainError('bad_request', 'You cannot remove yourself. Leave the chat instead.');
  if (!mayRemove(by, member))
    throw new DomainError('forbidden', 'Only the owner of this chat can remove moderators, and nobody the owner.');
}

/**
 * A moderator bans only members, and nobody the owner.
 * @throws DomainError `forbidden`; `direct_chat`; `not_found` for somebody who has nothing to do with the chat; `bad_request` for oneself
 */
export function assertMayBan(
  by: Membership,
  {
    userId,
    member,
    isKnown,
  }: { readonly userId: UserId; readonly member: Membership | undefined; readonly isKnown: boolean },
): void {
  if (userId === by.userId) throw new DomainError('bad_request', 'You cannot ban yourself.');
  if (!isKnown) throw new DomainError('not_found', 'This person has nothing to do with this chat.');
  if (member && !mayRemove(by, member))
    throw new DomainError('forbidden', 'Only the owner of this chat can ban moderators, and nobody the owner.');
}

/** @throws DomainError `forbidden`; `direct_chat`; `not_found` when there is no such member; `bad_request` for oneself */
export function assertMaySetRole(by: Membership, member: Membership | undefined): asserts member is Membership {
  assertIsMember(member);
  if (!maySetRole(by, member))
    throw new DomainError('bad_request', 'You are the owner. Make somebody else the owner instead.');
}

function assertIsMember(member: Membership | undefined): asserts member is Membership {
  if (!member) throw new DomainError('not_found', 'This person is not a member of the chat.');
}

/** Nothing in an archived chat changes. */
export const archivedChat = (): DomainError =>
  new DomainError('archived', 'This chat is archived: it can be read, and nothing in it changes.');

/** Outsiders must not learn whether a chat exists: a closed chat and one that does not exist get this same refusal. */
export function closedChat(): DomainError {
  return new DomainError('forbidden', 'This chat is not open to you. A member can invite you.');
}
