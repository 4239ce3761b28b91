import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/application/ports/clock.ts';

/** Every clock runs this. */
export function clockContract(name: string, makeClock: () => Clock): void {
  describe(`the clock of ${name}`, () => {
    it('answers whole milliseconds since 1970', () => {
      const now = makeClock().now();
      expect(Number.isSafeInteger(now)).toBe(true);
      expect(now).toBeGreaterThan(Date.UTC(2024, 0));
      expect(now).toBeLessThan(Date.UTC(2100, 0));
    });

    it('goes on or stands still as long as it is not set', () => {
      const { now } = makeClock();
      const [first, second] = [now(), now()];
      expect(second).toBeGreaterThanOrEqual(first);
      expect(second).toBeLessThan(first + 60_000);
    });
  });
}
