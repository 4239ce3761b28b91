import { expect, it } from 'vitest';
import { memberCount, renamedTitle } from '../../src/adapters/browser/chats/details-words.ts';

it('counts members in words', () => {
  expect([1, 2, 1000].map(memberCount)).toEqual(['1 member', '2 members', '1000 members']);
});

it('renames the title and leaves the count of what is unread', () => {
  expect(renamedTitle('Lobby · Shoal', 'Harbour')).toBe('Harbour · Shoal');
  expect(renamedTitle('(3) Lobby · Shoal', 'Harbour')).toBe('(3) Harbour · Shoal');
  expect(renamedTitle('(99+) (1) · Shoal', '$&')).toBe('(99+) $& · Shoal');
});
