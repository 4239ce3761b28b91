import type { UserId } from '../../../domain/ids.ts';
import { storedBytes } from '../../../domain/messages/message.ts';
import type { MessageBody } from '../../../domain/messages/message-body.ts';
import type { Budgets } from '../../ports/budgets.ts';
import { tooManyRequests } from '../../within-limit.ts';

/**
 * Call it only for new texts: repeated posts are answered, not refused. The quota is spent after the text is stored.
 * @throws DomainError `too_many_requests`
 */
export function assertWithinQuota(budgets: Budgets, author: UserId, text: MessageBody): void {
  const wait = budgets.wait('stored_bytes', author, storedBytes(text));
  if (wait > 0) throw tooManyRequests('You have reached the limit of what one person may write in a day.', wait);
}
