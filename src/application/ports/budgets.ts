import type { UserId } from '../../domain/ids.ts';

/**
 * What one person may use, whatever the way: changes made, pages and lists read, frames that neither change nor read anything,
 * and bytes of text stored.
 */
export type BudgetName = 'writes' | 'reads' | 'signals' | 'stored_bytes';

/**
 * A token bucket for each person and budget: full at first, refilled evenly. Several instances share them. What is taken
 * here is taken from the local bucket at once and settled with the others afterwards, so that each instance may let one burst
 * through before it hears of the rest; what was overdrawn that way is paid back by waiting. A stated number of people is
 * remembered; past that, those not heard of for longest start with a full bucket again.
 */
export interface Budgets {
  /** Takes one from the local bucket and answers 0; or takes nothing and answers in how many milliseconds there is one. */
  take(budget: BudgetName, userId: UserId): number;
  /** The same from the bucket that all instances share. It costs a round trip where there are several. Never rejects. */
  takeShared(budget: BudgetName, userId: UserId): Promise<number>;
  /** In how many milliseconds the local bucket holds so many; 0 when it does now. */
  wait(budget: BudgetName, userId: UserId, amount: number): number;
  /** Takes so many from the local bucket, whether they are there or not. */
  spend(budget: BudgetName, userId: UserId, amount: number): void;
}
