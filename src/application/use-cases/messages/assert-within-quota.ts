import type { UserId } from '../../../domain/ids.ts';
import type { Budgets } from '../../ports/budgets.ts';
import { tooManyRequests } from '../../within-limit.ts';

/**
 * `bytes` are the text's `storedBytes`. Call it only for new texts: repeated posts are answered, not refused. The quota is spent after
 * the text is stored.
 * @throws DomainError `too_many_requests`
 */
export function assertWithinQuota(budgets: Budgets, author: UserId, bytes: number): void {
  const wait = budgets.wait('stored_bytes', author, bytes);
  if (wait > 0) throw tooManyRequests('You have reached the limit of what one person may write in a day.', wait);
}
