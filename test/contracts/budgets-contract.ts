import { describe, expect, it, onTestFinished } from 'vitest';
import type { BudgetName, Budgets } from '../../src/application/ports/budgets.ts';
import { userId } from '../../src/domain/ids.ts';

interface OpenedBudgets {
  readonly budgets: Budgets;
  /** Lets this much time pass for the adapter. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export type BucketRates = Readonly<Record<BudgetName, { readonly count: number; readonly withinMs: number }>>;

/** Small and slow, for adapters whose time tests cannot advance. */
export const BUCKET_RATES: BucketRates = {
  writes: { count: 4, withinMs: 4_000 },
  reads: { count: 2, withinMs: 60_000 },
  signals: { count: 10, withinMs: 1_000 },
  typing: { count: 10, withinMs: 1_000 },
  presence: { count: 10, withinMs: 1_000 },
  stored_bytes: { count: 10_000, withinMs: 60_000 },
};

const ADA = userId(1);
const BOB = userId(2);

export function budgetsContract(name: string, open: (rates: BucketRates) => Promise<OpenedBudgets>): void {
  const opened = async () => {
    const { budgets, pass, close } = await open(BUCKET_RATES);
    onTestFinished(close);
    const takeAll = async (how: 'take' | 'takeShared', times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => budgets[how]('writes', ADA)));
      return answers.filter((wait) => wait === 0).length;
    };
    return { budgets, pass, takeAll };
  };

  describe(`budgets: ${name}`, () => {
    it.each(['take', 'takeShared'] as const)('give a burst, and then say how long to wait: %s', async (how) => {
      const { budgets, pass, takeAll } = await opened();
      expect(await takeAll(how, 20)).toBe(4);
      const wait = await budgets[how]('writes', ADA);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(1_000);
      // Where it is shared, a budget may have heard of what was taken a moment later.
      let left = wait;
      while (left > 0) {
        await pass(left);
        left = await budgets[how]('writes', ADA);
      }
      expect(await takeAll(how, 20)).toBe(0);
    });

    it('are one budget, whichever way it is taken from', async () => {
      const { takeAll } = await opened();
      expect(await takeAll('take', 2)).toBe(2);
      expect(await takeAll('takeShared', 20)).toBe(2);
      expect(await takeAll('take', 20)).toBe(0);
    });

    it('are counted for each person and each budget by themselves', async () => {
      const { budgets, takeAll } = await opened();
      await takeAll('takeShared', 4);
      expect(await budgets.takeShared('writes', BOB)).toBe(0);
      expect(await budgets.takeShared('reads', ADA)).toBe(0);
      expect(budgets.take('reads', ADA)).toBe(0);
      expect(await budgets.takeShared('reads', ADA)).toBeGreaterThan(0);
    });

    it('tell of an amount how long to wait for it, and take it only when it is spent', async () => {
      const { budgets } = await opened();
      expect(budgets.wait('stored_bytes', ADA, 9_999)).toBe(0);
      expect(budgets.wait('stored_bytes', ADA, 9_999)).toBe(0);
      budgets.spend('stored_bytes', ADA, 9_000);
      const wait = budgets.wait('stored_bytes', ADA, 2_000);
      expect(wait).toBeGreaterThan(5_000);
      expect(wait).toBeLessThanOrEqual(6_000);
      expect(budgets.wait('stored_bytes', BOB, 2_000)).toBe(0);
    });

    it('can be overdrawn by what is spent, which is paid back by waiting', async () => {
      const { budgets } = await opened();
      budgets.spend('stored_bytes', ADA, 12_000);
      expect(budgets.wait('stored_bytes', ADA, 1)).toBeGreaterThan(11_000);
    });
  });
}
