import { expect, it } from 'vitest';
import { TypedWord } from '../../src/adapters/browser/chats/typed-word.ts';

const NAMES = ['Berth 1', 'Élan', 'Berth 12', 'Harbour', 'harvest'];

function placesAfter(keys: string, { at = -1, everyMs = 100 } = {}): (number | undefined)[] {
  const word = new TypedWord();
  let place = at;
  return [...keys].map((key, index) => {
    const found = word.find({ key, timeStamp: 1_000 + index * everyMs }, NAMES, place);
    place = found ?? place;
    return found;
  });
}

it('a letter leads to the next name that begins with it, and again to the one after, around the end', () => {
  expect(placesAfter('b')).toEqual([0]);
  expect(placesAfter('bbb')).toEqual([0, 2, 0]);
  expect(placesAfter('hh', { everyMs: 2_000 })).toEqual([3, 4]);
});

it('letters in quick succession are the beginning of one name', () => {
  expect(placesAfter('harv')).toEqual([3, 3, 3, 4]);
  expect(placesAfter('berth 12').at(-1)).toBe(2);
  expect(placesAfter('berth1').at(-1)).toBeUndefined();
  expect(placesAfter(' b')).toEqual([undefined, 0]);
});

it('case and accents do not matter, and what is no letter or digit is left to others', () => {
  expect(placesAfter('e')).toEqual([1]);
  expect(placesAfter('?')).toEqual([undefined]);
  expect(placesAfter('zz')).toEqual([undefined, undefined]);
});
