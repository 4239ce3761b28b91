import type { UserId } from '../../domain/ids.ts';

/**
 * Budgets of one user, shared by all protocols: changes, pages and lists read, frames that neither change nor read anything, those that
 * say that the user is writing or connected, and bytes of text stored.
 */
export type BudgetName = 'writes' | 'reads' | 'signals' | 'typing' | 'presence' | 'stored_bytes';

/**
 * A token bucket for each user and budget. It starts full and refills evenly. Instances share buckets: tokens are taken from the local
 * bucket at once and reconciled afterwards, so each instance may admit one burst before it learns of the others. An overdraft is paid
 * back by waiting. The number of buckets is limited; the least recently used are dropped and start full again.
 */
export interface Budgets {
  /** Takes one token from the local bucket and answers 0; or takes none and answers in how many milliseconds there will be one. */
  take(budget: BudgetName, userId: UserId): number;
  /** The same from the bucket that all instances share, which takes a round trip where there are several. Never rejects. */
  takeShared(budget: BudgetName, userId: UserId): Promise<number>;
  /** In how many milliseconds the local bucket will hold `amount` tokens; 0 when it holds them now. */
  wait(budget: BudgetName, userId: UserId, amount: number): number;
  /** Takes `amount` tokens from the local bucket, even when that overdraws it. */
  spend(budget: BudgetName, userId: UserId, amount: number): void;
}
