import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moment } from '../../src/adapters/original-app/moment.ts';

const AT = Date.UTC(2024, 4, 1, 12, 34, 56);

describe('a time of the original app', () => {
  it.each<[unknown, number]>([
    ['2024-05-01 12:34:56', AT],
    ['2024-05-01T12:34:56', AT],
    ['2024-05-01T12:34:56Z', AT],
    ['2024-05-01 12:34:56 UTC', AT],
    ['2024-05-01 12:34:56.789123456 UTC', AT + 789],
    ['2024-05-01T14:34:56.5+02:00', AT + 500],
    ['2024-05-01 07:04:56 -0530', AT],
    ['2024-05-01 12:34:56.0 +00:00:00', AT],
    ['2024-05-01 12:34', AT - 56_000],
    ['2024-05-01', Date.UTC(2024, 4, 1)],
    ['  2024-05-01 12:34:56\n', AT],
    ['Wed, 01 May 2024 12:34:56 +0000', AT],
    ['2024-02-29 00:00:00', Date.UTC(2024, 1, 29)],
    ['2024-05-01 12:34:60', AT + 4000],
    [AT, AT],
    [AT / 1000, AT],
    [AT / 1000 + 0.25, AT + 250],
    [AT * 1000, AT],
    [AT * 1_000_000, AT],
    [`${AT / 1000}`, AT],
    [`${AT}`, AT],
    [2_460_432.024_259_26, AT],
    [0, 0],
  ])('%j is read', (value, ms) => {
    expect(Math.abs((moment(value) ?? Number.NaN) - ms)).toBeLessThanOrEqual(Number.isInteger(value) ? 0 : 1);
  });

  it.each([
    null,
    undefined,
    '',
    'yesterday',
    '12:34',
    '2024-13-01 00:00:00',
    '2023-02-29 00:00:00',
    '2024-05-01 25:00:00',
    '2024-05-01 12:61:00',
    '0024-05-01',
    '2024-05-01 12:34:56 CEST',
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e30,
    Buffer.from('2024-05-01'),
  ])('%j is not', (value) => {
    expect(moment(value)).toBeUndefined();
  });

  it('is read in every form that it is likely to have been written in', () => {
    const seconds = fc.integer({ min: Date.UTC(1974, 0) / 1000, max: Date.UTC(2200, 0) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        const ms = at * 1000;
        const iso = new Date(ms).toISOString();
        const plain = iso.slice(0, 19).replace('T', ' ');
        for (const form of [
          at,
          ms,
          `${at}`,
          iso,
          plain,
          `${plain} UTC`,
          `${plain}+00:00`,
          new Date(ms).toUTCString(),
        ]) {
          expect(moment(form)).toBe(ms);
        }
      }),
    );
  });

  it('is never anything but a moment that can be written down', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.maxSafeInteger()), (value) => {
        const ms = moment(value);
        if (ms !== undefined) expect(new Date(ms).toISOString()).toHaveLength(24);
      }),
    );
  });
});
