import type { Membership } from '../chats/membership.ts';
import { assertAllowed, mayDeleteMessages, mayPost, mayReportMessages, mayWithdraw } from '../chats/permissions.ts';
import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';
import { isRestorable } from './changes.ts';
import type { Message, TextMessage, Tombstone } from './message.ts';

/** The facts about a member that permissions depend on. */
export type Reader = Pick<Membership, 'userId' | 'role' | 'isArchived'>;

/** The facts about a message that permissions depend on. */
interface Written {
  readonly author: Pick<User, 'id'>;
}

export const mayEdit = (by: Reader, message: Written): boolean => message.author.id === by.userId && mayPost(by);

export const mayDelete = (by: Reader, message: Written): boolean =>
  (message.author.id === by.userId && mayWithdraw(by)) || mayDeleteMessages(by);

export const mayEraseVersions = (by: Reader, message: Written): boolean =>
  message.author.id === by.userId && mayWithdraw(by);

const mayRemoveCard = (by: Reader, message: Written): boolean => message.author.id === by.userId && mayWithdraw(by);

const mayReport = (by: Reader, message: Written): boolean => message.author.id !== by.userId && mayReportMessages(by);

/** What a member may do with a message that is neither a notice nor deleted, by name. Pages offer what these allow. */
export const TEXT_PERMISSIONS = {
  edit: mayEdit,
  delete: mayDelete,
  erase_versions: mayEraseVersions,
  report: mayReport,
} as const;

export type TextPermission = keyof typeof TEXT_PERMISSIONS;

export type MessagePermission = TextPermission | 'restore';

/** Within the time in which a deletion can be undone at all. */
export const mayRestore = (by: Reader, message: Tombstone): boolean => message.deletedBy === by.userId;

/** Everything that the member may do with the message now, by name. */
export function permissionsOn(by: Reader, message: Message, now: number): ReadonlySet<MessagePermission> {
  if (message.kind === 'notice' || !mayWithdraw(by)) return new Set();
  if (message.kind === 'deleted')
    return new Set(mayRestore(by, message) && isRestorable(message, now) ? ['restore'] : []);
  return new Set(namesOf(TEXT_PERMISSIONS).filter((name) => TEXT_PERMISSIONS[name](by, message)));
}

const namesOf = <Name extends string>(of: Readonly<Record<Name, unknown>>): Name[] => Object.keys(of) as Name[];

/** @throws DomainError `forbidden` */
export function assertMayEdit(by: Membership, message: TextMessage): void {
  if (!mayEdit(by, message)) throw new DomainError('forbidden', 'Only the author of a message can edit it.');
}

/** @throws DomainError `forbidden` */
export function assertMayDelete(by: Membership, message: Message): void {
  if (!mayDelete(by, message))
    throw new DomainError(
      'forbidden',
      'Only its author, the owner and the moderators of the chat can delete a message.',
    );
}

/** @throws DomainError `forbidden`, `direct_chat` */
export function assertMayReport(by: Membership, message: TextMessage): void {
  assertAllowed(by, mayReportMessages);
  if (!mayReport(by, message)) throw new DomainError('forbidden', 'You cannot report your own message.');
}

/** @throws DomainError `forbidden` */
export function assertMayRestore(by: Membership, message: Tombstone): void {
  if (!mayRestore(by, message))
    throw new DomainError('forbidden', 'Only the person who deleted this message can restore it.');
}

/** @throws DomainError `forbidden` */
export function assertMayRemoveCard(by: Reader, message: TextMessage): void {
  if (!mayRemoveCard(by, message))
    throw new DomainError('forbidden', 'Only the author of a message can remove its preview.');
}

/** @throws DomainError `forbidden` */
export function assertMayEraseVersions(by: Reader, message: TextMessage): void {
  if (!mayEraseVersions(by, message))
    throw new DomainError('forbidden', 'Only the author of a message can erase its earlier versions.');
}
