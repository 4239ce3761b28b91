import type { Membership } from '../chats/membership.ts';
import { mayDeleteMessages } from '../chats/permissions.ts';
import { DomainError } from '../errors.ts';
import type { TextMessage, Tombstone } from './message.ts';

export const mayEdit = (by: Membership, message: TextMessage): boolean => message.author.id === by.userId;

export const mayDelete = (by: Membership, message: TextMessage): boolean =>
  message.author.id === by.userId || mayDeleteMessages(by);

/** Within the time in which a deletion can be undone at all. */
export const mayRestore = (by: Membership, message: Tombstone): boolean => message.deletedBy === by.userId;

/** @throws DomainError `forbidden` */
export function assertMayEdit(by: Membership, message: TextMessage): void {
  if (!mayEdit(by, message)) throw new DomainError('forbidden', 'Only the author of a message can edit it.');
}

/** @throws DomainError `forbidden` */
export function assertMayDelete(by: Membership, message: TextMessage): void {
  if (!mayDelete(by, message))
    throw new DomainError('forbidden', 'Only its author and the owner of the chat can delete a message.');
}

/** @throws DomainError `forbidden` */
export function assertMayRestore(by: Membership, message: Tombstone): void {
  if (!mayRestore(by, message))
    throw new DomainError('forbidden', 'Only the person who deleted this message can restore it.');
}
