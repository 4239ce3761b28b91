import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asksWhy, patientDelay, reconnectDelay } from '../../src/adapters/browser/connection/backoff.ts';

test('the first attempt comes at any moment within three seconds', () => {
  expect(reconnectDelay(0, 0)).toBe(0);
  expect(reconnectDelay(0, 0.5)).toBe(1_500);
  expect(reconnectDelay(0, 0.999999)).toBeLessThan(3_000);
});

test('GS-3: a thousand clients of a restarted server come back over more than 2.5 s, at no moment many of them', () => {
  const delays = Array.from({ length: 1_000 }, () => reconnectDelay(0, Math.random()));
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThanOrEqual(2_500);
  const slots = Map.groupBy(delays, (delay) => Math.floor(delay / 100));
  expect(Math.max(...[...slots.values()].map(({ length }) => length))).toBeLessThan(100);
});

test('each failure doubles the time within which the next attempt comes', () => {
  expect([1, 2, 3].map((failures) => reconnectDelay(failures, 0.5))).toEqual([3_000, 6_000, 12_000]);
});

test('no attempt waits longer than thirty seconds, however many failed', () => {
  const failures = fc.nat();
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(failures, random, (failed, chance) => {
      const delay = reconnectDelay(failed, chance);
      return delay >= 0 && delay <= 30_000;
    }),
  );
});

test('who has to wait for room waits between fifteen and thirty seconds', () => {
  expect([patientDelay(0), patientDelay(0.5), patientDelay(0.999)]).toEqual([15_000, 22_500, 29_985]);
});

test('why there is no connection is asked at the first failure, and then seldom', () => {
  const asking = Array.from({ length: 12 }, (_, failures) => failures).filter(asksWhy);
  expect(asking).toEqual([0, 4, 8]);
});
