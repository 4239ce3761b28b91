import { expect, test } from 'vitest';
import { SeenRevision } from '../../src/adapters/browser/log/seen-revision.ts';

function seenAfter(value: number, came: { revision: number; sentAgain: boolean }): number {
  const seen = new SeenRevision(value);
  seen.receive(came);
  return seen.value;
}

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

test('only a message that was posted after all others is new, and not a change of an old one', () => {
  const seen = new SeenRevision(4);
  expect(seen.isBefore({ position: 5, revision: 5 })).toBe(true);
  expect(seen.isBefore({ position: 2, revision: 5 })).toBe(false);
  expect(seen.isBefore({ position: 4, revision: 4 })).toBe(false);
});

test('a history that was loaded again counts as seen, whatever was seen before', () => {
  const seen = new SeenRevision(9);
  seen.restart(3);
  expect(seen.value).toBe(3);
});
