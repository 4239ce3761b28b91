import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rates } from '../../src/adapters/rate-limiter/rate-limits.ts';
import type { RateLimits } from '../../src/application/ports/rate-limits.ts';

interface OpenedRateLimits {
  readonly limits: RateLimits;
  /** Lets this much time pass for the adapter. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A few whole seconds, for adapters whose time tests cannot advance. */
const RATES: Rates = {
  sign_in_failures: { count: 3, withinMs: 2000, refill: 'together' },
  sign_in_failures_of_address: { count: 50, withinMs: 60_000, refill: 'together' },
  sign_in_failures_of_network: { count: 4, withinMs: 60_000, refill: 'together' },
  sign_in_failures_of_name: { count: 6, withinMs: 60_000, refill: 'together' },
  registrations: { count: 2, withinMs: 4000, refill: 'evenly' },
  new_chats: { count: 2, withinMs: 4000, refill: 'evenly' },
  wrong_codes: { count: 2, withinMs: 4000, refill: 'together' },
  passkey_challenges: { count: 2, withinMs: 4000, refill: 'evenly' },
  new_invites: { count: 2, withinMs: 4000, refill: 'evenly' },
  renames: { count: 2, withinMs: 4000, refill: 'evenly' },
  pictures: { count: 2, withinMs: 4000, refill: 'evenly' },
  uploads: { count: 2, withinMs: 4000, refill: 'evenly' },
  exports: { count: 2, withinMs: 4000, refill: 'evenly' },
  link_cards_of_user: { count: 2, withinMs: 4000, refill: 'evenly' },
  link_cards_of_chat: { count: 2, withinMs: 4000, refill: 'evenly' },
};

export function rateLimitsContract(name: string, open: (rates: Rates) => Promise<OpenedRateLimits>): void {
  const opened = async () => {
    const { limits, pass, close } = await open(RATES);
    onTestFinished(close);
    const take = (key = 'k', times = 1, limit: keyof Rates = 'sign_in_failures') =>
      Promise.all(Array.from({ length: times }, () => limits.take(limit, key)));
    return { limits, pass, take };
  };
  const taken = (answers: readonly number[]) => answers.filter((wait) => wait === 0).length;

  describe(`rate limits: ${name}`, () => {
    it('gives as many as there are, and then says how long to wait', async () => {
      const { limits, take } = await opened();
      expect(await limits.wait('sign_in_failures', 'k')).toBe(0);
      expect(await take('k', 3)).toEqual([0, 0, 0]);
      for (const wait of [...(await take('k')), await limits.wait('sign_in_failures', 'k')]) {
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(2000);
      }
    });

    it('gives no more than there are to any number who ask at once', async () => {
      const { take } = await opened();
      expect(taken(await take('k', 100))).toBe(3);
    });

    it('counts each key and each limit by itself', async () => {
      const { limits, take } = await opened();
      await take('k', 4);
      expect(await take('K')).toEqual([0]);
      expect(await take('k ')).toEqual([0]);
      expect(await limits.take('new_chats', 'k')).toBe(0);
      expect(await limits.take('new_invites', 'k')).toBe(0);
    });

    it('takes nothing by asking or by being refused', async () => {
      const { limits, take } = await opened();
      await take('k', 2);
      for (let count = 0; count < 5; count += 1) expect(await limits.wait('sign_in_failures', 'k')).toBe(0);
      expect(taken(await take('k', 5))).toBe(1);
      await limits.giveBack('sign_in_failures', 'k');
      expect(taken(await take('k', 5))).toBe(1);
    });

    it('never holds more than there are, whatever is given back', async () => {
      const { limits, take } = await opened();
      await limits.giveBack('sign_in_failures', 'k');
      await take('k');
      for (let count = 0; count < 5; count += 1) await limits.giveBack('sign_in_failures', 'k');
      expect(taken(await take('k', 10))).toBe(3);
    });

    it('forgets a key, and no other', async () => {
      const { limits, take } = await opened();
      await take('k', 3);
      await take('other', 3);
      await limits.forget('sign_in_failures', 'k');
      await limits.forget('sign_in_failures', 'never seen');
      expect(taken(await take('k', 5))).toBe(3);
      expect(taken(await take('other', 5))).toBe(0);
    });

    it('has all of them back together, a while after the first was taken', async () => {
      const { pass, take } = await opened();
      await take('k');
      await pass(1000);
      expect(taken(await take('k', 5))).toBe(2);
      await pass(1050);
      expect(taken(await take('k', 5))).toBe(3);
    });

    it('has them back one by one, evenly', async () => {
      const { pass, take } = await opened();
      expect(taken(await take('k', 5, 'new_chats'))).toBe(2);
      const [wait = 0] = await take('k', 1, 'new_chats');
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(2000);
      await pass(wait + 50);
      expect(taken(await take('k', 5, 'new_chats'))).toBe(1);
      await pass(4050);
      expect(taken(await take('k', 5, 'new_chats'))).toBe(2);
    });
  });
}
