import type { UserId } from '../../../domain/ids.ts';
import { storedBytes } from '../../../domain/messages/message.ts';
import type { MessageBody } from '../../../domain/messages/message-body.ts';
import type { Budgets } from '../../ports/budgets.ts';
import { tooManyRequests } from '../../within-limit.ts';

/**
 * To be asked for what is new only: what is sent again is answered, not refused. Spent only once it is stored.
 * @throws DomainError `too_many_requests`
 */
export function assertWithinQuota(budgets: Budgets, author: UserId, text: MessageBody): void {
  const wait = budgets.wait('stored_bytes', author, storedBytes(text));
  if (wait > 0) throw tooManyRequests('You have written as much as one person may in a day.', wait);
}
