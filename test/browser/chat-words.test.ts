import { expect, it, test } from 'vitest';
import { matching, memberCount } from '../../src/adapters/browser/chats/chat-words.ts';

it('counts members in words', () => {
  expect([1, 2, 1000].map(memberCount)).toEqual(['1 member', '2 members', '1000 members']);
});

const chats = ['Harbour', 'Old harbour', 'Ålesund', 'Crew'].map((name) => ({ name }));
const found = (typed: string) => matching(chats, typed).map(({ name }) => name);

test('nothing typed finds all', () => {
  expect(found(' ')).toEqual(['Harbour', 'Old harbour', 'Ålesund', 'Crew']);
});

test('what begins with it comes first, and case and accents do not matter', () => {
  expect(found('HARB')).toEqual(['Harbour', 'Old harbour']);
  expect(found('ale')).toEqual(['Ålesund']);
  expect(found('x')).toEqual([]);
});
