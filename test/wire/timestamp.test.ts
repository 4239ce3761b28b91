import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timestamp } from '../../src/adapters/wire/timestamp.ts';

test('a timestamp is what toISOString says, in whichever order moments come', () => {
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: 0, max: 172_800_000 }), (ms, later) => {
      for (const moment of [ms, Math.min(ms + later, 8.64e15), ms]) {
        expect(timestamp(moment)).toBe(new Date(moment).toISOString());
      }
    }),
  );
  for (const ms of [0, -1, 86_399_999, 86_400_000]) expect(timestamp(ms)).toBe(new Date(ms).toISOString());
});
