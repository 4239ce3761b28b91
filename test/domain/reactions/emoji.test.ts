import { describe, expect, it } from 'vitest';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { refusal } from '../refusal.ts';

const STYLE = '\ufe0f';

describe('emoji', () => {
  it('is one form of an emoji: 👍 and 👍 with U+FE0F are one reaction', () => {
    expect(emoji('👍')).toBe('👍');
    expect(emoji(`👍${STYLE}`)).toBe('👍');
    expect(emoji('\u2764')).toBe(`\u2764${STYLE}`);
    expect(emoji(`\u2764${STYLE}`)).toBe(`\u2764${STYLE}`);
  });

  it.each([
    ['a skin tone', '👍🏽'],
    ['a flag', '🇩🇪'],
    ['the flag of a part of a country', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['a family', '👩‍👩‍👧‍👦'],
    ['a keycap', `1${STYLE}\u20e3`],
    ['a heart on fire', `\u2764${STYLE}\u200d🔥`],
    ['a runner', `🏃🏽\u200d\u2640${STYLE}`],
  ])('keeps %s whole, with and without U+FE0F', (_name, whole) => {
    expect(emoji(whole)).toBe(whole);
    expect(emoji(whole.replaceAll(STYLE, ''))).toBe(whole);
  });

  it.each([
    ['nothing', ''],
    ['a letter', 'a'],
    ['a digit', '1'],
    ['a number sign', '#'],
    ['two emoji', '👍👍'],
    ['an emoji and a space', '👍 '],
    ['half of a flag', '🇩'],
    ['two people who are not joined', '👩👩'],
    ['a variation selector alone', STYLE],
    ['a variation selector in front', `${STYLE}👍`],
    ['two variation selectors', `\u2764${STYLE}${STYLE}`],
    ['half of a surrogate pair', '\ud83d'],
    ['a long text', '👍'.repeat(10_000)],
    ['markup', '<b>'],
  ])('refuses %s', (_name, text) => {
    expect(refusal(() => emoji(text))).toBe('invalid_emoji');
  });
});
