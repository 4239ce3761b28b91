import type { Membership } from '../chats/membership.ts';
import { DomainError } from '../errors.ts';
import type { TextMessage } from './message.ts';

/** Only the author edits a message. */
export const mayEdit = (by: Membership, message: TextMessage): boolean => message.author.id === by.userId;

/** The author deletes a message, and so does the owner of the chat. */
export const mayDelete = (by: Membership, message: TextMessage): boolean =>
  message.author.id === by.userId || by.role === 'owner';

/** @throws DomainError `forbidden` */
export function assertMayEdit(by: Membership, message: TextMessage): void {
  if (!mayEdit(by, message)) throw new DomainError('forbidden', 'Only the author of a message can edit it.');
}

/** @throws DomainError `forbidden` */
export function assertMayDelete(by: Membership, message: TextMessage): void {
  if (!mayDelete(by, message))
    throw new DomainError('forbidden', 'Only its author and the owner of the chat can delete a message.');
}
