import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_KEYS, MemoryLimiter } from '../../src/adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import type { Rate } from '../../src/application/ports/rate-limits.ts';
import { manualTimer } from '../fakes.ts';
import { rateLimitsContract } from './rate-limits-contract.ts';

rateLimitsContract('memory', async (rates) => {
  const timer = manualTimer();
  return {
    limits: makeRateLimits(rates, (_name, rate) => new MemoryLimiter(rate, timer)),
    pass: async (ms) => timer.advance(ms),
    close: async () => undefined,
  };
});

const RATE: Rate = { count: 5, withinMs: 900_000, refill: 'together' };
const EVENLY: Rate = { count: 10, withinMs: 600_000, refill: 'evenly' };

async function limited(limiter: MemoryLimiter, key: string): Promise<boolean> {
  return (await limiter.get(key))?.remainingPoints === 0;
}

async function exhaust(limiter: MemoryLimiter, key: string): Promise<void> {
  for (let count = 0; count < limiter.points; count += 1) await limiter.consume(key);
}

describe('counting in memory', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([3_600_000, -3_600_000])('CK-1: does not mind a wall clock that is set by %i ms', async (step) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const timer = manualTimer();
    const limiter = new MemoryLimiter(RATE, timer);
    await exhaust(limiter, 'k');
    vi.setSystemTime(Date.now() + step);
    expect((await limiter.get('k'))?.msBeforeNext).toBe(900_000);
    timer.advance(900_000);
    expect(await limiter.get('k')).toBeNull();
  });

  it('never gives more than the burst and what came back since', async () => {
    const timer = manualTimer();
    const limiter = new MemoryLimiter(EVENLY, timer);
    let taken = 0;
    for (let second = 0; second <= 3600; second += 1) {
      await limiter.consume('k').then(
        () => {
          taken += 1;
        },
        () => undefined,
      );
      expect(taken).toBeLessThanOrEqual(10 + second / 60);
      timer.advance(1000);
    }
    expect(taken).toBe(10 + 60);
  });

  it('keeps a bounded number of keys, the ones asked for last, and who is knocking stays refused', async () => {
    const limiter = new MemoryLimiter(RATE, manualTimer());
    await exhaust(limiter, 'idle');
    await exhaust(limiter, 'knocking');
    for (let key = 0; key < MAX_KEYS - 1; key += 1) await limiter.consume(`attacker ${key}`);
    expect(await limited(limiter, 'knocking')).toBe(true);
    for (let key = 0; key < MAX_KEYS - 1; key += 1) await limiter.consume(`another ${key}`);
    expect(await limited(limiter, 'knocking')).toBe(true);
    expect(await limited(limiter, 'idle')).toBe(false);
    expect(await limiter.get('attacker 0')).toBeNull();
    expect(await limiter.get(`another ${MAX_KEYS - 2}`)).not.toBeNull();
  });
});

describe('no rate limits', () => {
  it('limit nothing', async () => {
    for (let count = 0; count < 100; count += 1) {
      expect(await noRateLimits.take('sign_in_failures', 'k')).toBe(0);
      expect(await noRateLimits.wait('sign_in_failures', 'k')).toBe(0);
    }
    await noRateLimits.giveBack('sign_in_failures', 'k');
    await noRateLimits.forget('sign_in_failures', 'k');
  });
});
