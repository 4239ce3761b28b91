import { describe, expect, it } from 'vitest';
import { makeBuckets, makeLocalBudgets, noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { TokenBuckets } from '../../src/adapters/rate-limiter/token-buckets.ts';
import { userId } from '../../src/domain/ids.ts';
import { manualTimer } from '../fakes.ts';
import { budgetsContract } from './budgets-contract.ts';

budgetsContract('memory', async (rates) => {
  const timer = manualTimer();
  return {
    budgets: makeLocalBudgets(makeBuckets(rates, timer)),
    pass: async (ms) => timer.advance(ms),
    close: async () => undefined,
  };
});

describe('token buckets', () => {
  it('never give more than the burst and what came back since, however the rate divides', () => {
    const timer = manualTimer();
    const buckets = new TokenBuckets({ count: 7, withinMs: 1_000 }, timer);
    let taken = 0;
    for (let tick = 0; tick <= 1_000; tick += 1) {
      while (buckets.take(1) === 0) taken += 1;
      expect(taken).toBeLessThanOrEqual(7 + (tick * 10 * 7) / 1_000 + 0.001);
      timer.advance(10);
    }
    expect(taken).toBe(7 + 70);
  });

  it('remember a bounded number of people, those in use among them', () => {
    const timer = manualTimer();
    const buckets = new TokenBuckets({ count: 1, withinMs: 1_000_000 }, timer);
    for (let key = 0; key < 60_000; key += 1) buckets.take(key);
    const remembered = Array.from({ length: 60_000 }, (_, key) => buckets.debt(key) > 0).filter(Boolean);
    expect(remembered.length).toBeGreaterThan(49_000);
    expect(remembered.length).toBeLessThanOrEqual(50_000);
  });
});

describe('no budgets', () => {
  it('limit nothing', async () => {
    noBudgets.spend('stored_bytes', userId(1), 1e12);
    for (let n = 0; n < 100; n += 1) {
      expect(noBudgets.take('writes', userId(1))).toBe(0);
      expect(await noBudgets.takeShared('reads', userId(1))).toBe(0);
    }
    expect(noBudgets.wait('stored_bytes', userId(1), 1)).toBe(0);
  });
});
