import { describe, expect, it } from 'vitest';
import { hasStrayFormatCharacters, PLACEHOLDER, REORDERS, showsSomething } from '../../src/domain/visible-text.ts';

describe('NM-1: a text', () => {
  it.each([
    ['blank Braille', '\u2800'],
    ['a Hangul filler', '\u3164'],
    ['a leading and a vowel filler', '\u115f\u1160'],
    ['a halfwidth filler', '\uffa0'],
    ['a zero-width space', '\u200b'],
    ['joiners', '\u200c\u200d'],
    ['a word joiner and a byte order mark', '\u2060\ufeff'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['tag characters', '\u{e0061}\u{e007f}'],
    ['a combining accent', '\u0301'],
    ['combining marks of other scripts', '\u0903\u20dd'],
    ['a combining grapheme joiner', '\u034f'],
    ['a soft hyphen', '\u00ad'],
    ['Khmer and Mongolian invisible vowels', '\u17b4\u180e'],
    ['a blank note head', '\u{1d159}'],
    ['blank hieroglyphs', '\u{13441}\u{13442}'],
    ['spaces of all kinds', ' \u00a0\u2003\u3000'],
    ['bidi controls', '\u202e\u2066\u200f'],
    ['private use', '\ue000\u{f0000}\u{10fffd}'],
    ['code points that are unassigned', '\u0378\u{50000}'],
    ['noncharacters', '\uffff\ufdd0\u{1fffe}'],
    ['several of them', '\u2800\u3164 \u200b\u0301'],
    ['nothing', ''],
  ])('of %s shows nothing', (_what, text) => {
    expect(showsSomething(text)).toBe(false);
  });

  it.each(['a', '-', '⠃⠗', '🦈', 'ㅎ', 'é', 'e\u0301', '❤️', '1️⃣', '漢', 'مريم', '·', '\ue000a', '⠀a'])(
    'of %s shows something',
    (text) => {
      expect(showsSomething(text)).toBe(true);
    },
  );

  it.each(['\u{1fac8}', '\u{1faff}', '\u{1f8ff}'])(
    'of the emoji %j shows something, whether Unicode has it yet or not',
    (text) => {
      expect(showsSomething(text)).toBe(true);
    },
  );

  it.each(['\uffff', '\ufffe', '\ufdd0', '\ufdef', '\u{10ffff}', '\ufffc'])(
    'with %j has a placeholder',
    (placeholder) => {
      expect(PLACEHOLDER.test(`a${placeholder}b`)).toBe(true);
    },
  );

  it.each(['a\ufffdb', 'a\ue000b', 'a\u0378b'])('of %j has none', (text) => {
    expect(PLACEHOLDER.test(text)).toBe(false);
  });

  it.each(['\u202a', '\u202e', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c', '\u206a'])(
    'with %j reorders',
    (control) => {
      expect(REORDERS.test(`a${control}b`)).toBe(true);
    },
  );

  it.each(['می‌خواهم', 'کتاب‌خانه ۲', 'ه‍.ش', 'क्‍ष', 'ශ්‍රී', '👩‍👩‍👧‍👦 home', '👩🏽‍💻', '🏳️‍🌈', '❤️‍🔥', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 fans'])(
    'keeps the invisible characters that %s needs',
    (text) => {
      expect(hasStrayFormatCharacters(text)).toBe(false);
    },
  );

  it.each([
    'Lob\u200bby',
    'Lob\u200cby',
    'Lobby\u200d',
    '\u2060Lobby',
    'Lobby\u{e0061}',
    'Lob\u00adby',
    '👩\u200d',
    '\ufeffx',
  ])('has no others: %j', (text) => {
    expect(hasStrayFormatCharacters(text)).toBe(true);
  });
});
