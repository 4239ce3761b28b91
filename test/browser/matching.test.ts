import { expect, test } from 'vitest';
import { matching } from '../../src/adapters/browser/chats/matching.ts';

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
