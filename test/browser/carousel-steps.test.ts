import { expect, test } from 'vitest';
import {
  frontAfterKey,
  frontAfterThrow,
  wheelSteps,
  within,
} from '../../src/adapters/browser/chats/carousel/carousel-steps.ts';

test('arrows move by one card and stop at both ends', () => {
  expect(frontAfterKey('ArrowDown', 0, 3)).toBe(1);
  expect(frontAfterKey('ArrowDown', 2, 3)).toBe(2);
  expect(frontAfterKey('ArrowUp', 1, 3)).toBe(0);
  expect(frontAfterKey('ArrowUp', 0, 3)).toBe(0);
});

test('Home and End reach the ends', () => {
  expect(frontAfterKey('Home', 2, 3)).toBe(0);
  expect(frontAfterKey('End', 0, 3)).toBe(2);
});

test('other keys are left to the page', () => {
  expect(frontAfterKey('Enter', 1, 3)).toBeUndefined();
  expect(frontAfterKey('Tab', 1, 3)).toBeUndefined();
});

test('small turns of the wheel add up, in both directions', () => {
  expect(wheelSteps(100)).toEqual({ steps: 2, rest: 4 });
  expect(wheelSteps(-100)).toEqual({ steps: -2, rest: -4 });
  expect(wheelSteps(20).steps).toBe(0);
});

test('no step leaves the cards', () => {
  expect([-5, 1, 9].map((index) => within(index, 3))).toEqual([0, 1, 2]);
});

test('who lets go while moving throws the cards on, but not far and not past the ends', () => {
  expect(frontAfterThrow({ position: 4.2, cardsPerMs: 0 }, 100)).toBe(4);
  expect(frontAfterThrow({ position: 4.2, cardsPerMs: 0.01 }, 100)).toBe(6);
  expect(frontAfterThrow({ position: 40, cardsPerMs: -9 }, 100)).toBe(28);
  expect(frontAfterThrow({ position: 4.2, cardsPerMs: 0.1 }, 6)).toBe(5);
});
