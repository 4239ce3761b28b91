import { expect, test } from 'vitest';
import { directionOf } from '../../src/adapters/browser/composer/text-direction.ts';

const REST = ' 1'.repeat(20_000);

test('a text that may be a message is left to the browser, which knows each paragraph', () => {
  expect(directionOf('')).toBe('auto');
  expect(directionOf('שלום '.repeat(2_000))).toBe('auto');
});

test.each([
  ['', 'ltr'],
  ['Ahoy', 'ltr'],
  ['שלום', 'rtl'],
  ['12:30 — «مرحبا» hello', 'rtl'],
  ['🙂 hello שלום', 'ltr'],
  ['日本語', 'ltr'],
  ['\u200f12', 'rtl'],
  ['\u{1e900}\u{1e901}', 'rtl'],
  [`${' '.repeat(2_000)}שלום`, 'ltr'],
])('a long text that begins with %j runs %s, by its first strong character near the beginning', (text, direction) => {
  expect(directionOf(text + REST)).toBe(direction);
});
