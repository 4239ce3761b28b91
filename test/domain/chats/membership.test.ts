import { expect, it } from 'vitest';
import { effectOfLeaving } from '../../../src/domain/chats/membership.ts';

it.each([
  ['owner', 0, 'closes_chat'],
  ['member', 0, 'closes_chat'],
  ['owner', 1, 'passes_ownership'],
  ['owner', 7, 'passes_ownership'],
  ['member', 1, 'changes_nothing'],
] as const)('when the %s leaves and %i others stay, that %s', (role, others, effect) => {
  expect(effectOfLeaving({ role }, others)).toBe(effect);
});
