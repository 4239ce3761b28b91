import { expect, test } from 'vitest';
import { endingOf } from '../../src/adapters/browser/connection/close-codes.ts';

test.each([
  [4401, 'signed-out'],
  [4403, 'not-a-member'],
  [1008, 'rejected'],
  [1009, 'rejected'],
  [1007, 'rejected'],
  [1003, 'rejected'],
  [1002, 'rejected'],
])('after close code %i there is no use in connecting again: %s', (code, ending) => {
  expect(endingOf(code)).toBe(ending);
});

test.each([1000, 1001, 1005, 1006, 1011, 1012, 1013])('close code %i is worth another attempt', (code) => {
  expect(endingOf(code)).toBeUndefined();
});
