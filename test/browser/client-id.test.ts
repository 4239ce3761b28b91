import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientIds } from '../../src/adapters/browser/composer/client-id.ts';
import { clientId } from '../../src/domain/messages/client-id.ts';

const newClientId = (now: number, random: (bytes: Uint8Array<ArrayBuffer>) => void) => clientIds(() => now, random)();

/** What nine digits of base 36 can tell apart: until the year 5188. */
const lastMoment = 36 ** 9 - 1;

test('the server accepts every client id', () => {
  fc.assert(
    fc.property(fc.nat(lastMoment), fc.nat(255), (now, byte) => {
      const made = newClientId(now, (bytes) => bytes.fill(byte));
      expect(clientId(made)).toBe(made);
    }),
  );
});

test('client ids sort by the time at which they were made', () => {
  fc.assert(
    fc.property(fc.nat(lastMoment - 1), fc.nat(lastMoment), (earlier, gap) => {
      const later = Math.min(earlier + 1 + gap, lastMoment);
      const first = newClientId(earlier, (bytes) => bytes.fill(255));
      const second = newClientId(later, (bytes) => bytes.fill(0));
      expect(first < second).toBe(true);
    }),
  );
});

test('two client ids of the same moment differ by their random part', () => {
  const ids = [1, 2].map((byte) => newClientId(1_700_000_000_000, (bytes) => bytes.fill(byte)));
  expect(new Set(ids).size).toBe(2);
});

test('those of one page go on in order, within a moment and when its clock is set back', () => {
  const moments = [5_000, 5_000, 4_000, 5_001];
  const next = clientIds(
    () => moments.shift() ?? 0,
    (bytes) => bytes.fill(255 - moments.length),
  );
  const made = [next(), next(), next(), next()];
  expect(made).toEqual([...made].sort());
});
