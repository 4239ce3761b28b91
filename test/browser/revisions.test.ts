import { expect, test } from 'vitest';
import { seenAfter } from '../../src/adapters/browser/log/revisions.ts';

test('what comes in order has been seen', () => {
  expect(seenAfter(4, { revision: 5, sentAgain: false })).toBe(5);
});

test('a changed message stands for the revisions that its change replaced', () => {
  expect(seenAfter(4, { revision: 9, sentAgain: false })).toBe(9);
});

test('what comes twice takes nothing back', () => {
  expect(seenAfter(9, { revision: 5, sentAgain: false })).toBe(9);
  expect(seenAfter(9, { revision: 5, sentAgain: true })).toBe(9);
});

test('an answer to a post sent again does not hide what was missed before it', () => {
  expect(seenAfter(4, { revision: 9, sentAgain: true })).toBe(4);
});

test('an answer to a post sent again counts when nothing was missed before it', () => {
  expect(seenAfter(4, { revision: 5, sentAgain: true })).toBe(5);
});
