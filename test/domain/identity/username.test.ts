import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../../src/domain/code-points.ts';
import { type Username, username, usernameKey } from '../../../src/domain/identity/username.ts';
import { refusal } from '../refusal.ts';

const keyOf = (name: string) => usernameKey(username(name));

const isUsername = (text: string) => refusal(() => username(text)) === undefined;

const anyUsername = fc.string({ unit: 'binary', minLength: 1, maxLength: 32 }).filter(isUsername).map(username);

describe('a username', () => {
  it('has 1 to 32 code points', () => {
    expect(username('a')).toBe('a');
    expect(username('a'.repeat(32))).toBe('a'.repeat(32));
    expect(username('😀'.repeat(32))).toBe('😀'.repeat(32));
    expect(refusal(() => username(''))).toBe('invalid_username');
    expect(refusal(() => username('a'.repeat(33)))).toBe('invalid_username');
    expect(refusal(() => username('😀'.repeat(33)))).toBe('invalid_username');
  });

  it('is measured after normalization and trimming', () => {
    expect(username('e\u0301'.repeat(32))).toBe('\u00e9'.repeat(32));
    expect(username(`   ${'a'.repeat(32)}   `)).toBe('a'.repeat(32));
    expect(refusal(() => username('   '))).toBe('invalid_username');
  });

  it('is trimmed of spaces of every kind at both ends, and keeps those inside', () => {
    expect(username('  Ada  Lovelace ')).toBe('Ada  Lovelace');
    expect(username('\u00a0\u2003ada\u3000')).toBe('ada');
  });

  it('takes no longer to trim for spaces in the middle', () => {
    expect(refusal(() => username(`a${' '.repeat(400_000)}b`))).toBe('invalid_username');
  });

  it('may be of any script, with marks and symbols', () => {
    for (const name of ['Ольга', '山田太郎', 'مريم', "O'Neil", '<b>ada</b>', 'ada@example.org', '🦈', '%_\\']) {
      expect(username(name)).toBe(name);
    }
  });

  it.each([
    ['a colon', 'a:b'],
    ['a line feed', 'a\nb'],
    ['a tab at its end', 'ada\t'],
    ['a NUL', 'a\0b'],
    ['a C1 control', 'a\u0085b'],
    ['a delete', 'a\u007fb'],
    ['a zero-width joiner', 'a\u200db'],
    ['a zero-width space', 'a\u200bb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a change of direction', 'a\u202eb'],
    ['a byte order mark', '\ufeffada'],
    ['a tag character', 'ada\u{e0061}'],
    ['half a surrogate pair', 'a\ud800b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
  ])('has no %s', (_what, name) => {
    expect(refusal(() => username(name))).toBe('invalid_username');
  });

  it('is, if it is one, the same when it is made a username again', () => {
    fc.assert(
      fc.property(anyUsername, (name) => {
        expect(username(name)).toBe(name);
      }),
    );
  });

  it('keeps its bounds for any input', () => {
    fc.assert(
      fc.property(anyUsername, (name) => {
        expect(codePoints(name)).toBeGreaterThanOrEqual(1);
        expect(codePoints(name)).toBeLessThanOrEqual(32);
        expect(name).not.toContain(':');
        expect(name.normalize('NFC')).toBe(name);
        expect(name.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('the key of a username', () => {
  it.each([
    ['case', 'Bob', 'bob'],
    ['fullwidth letters', '\uff22ob', 'bob'],
    ['mathematical letters', '𝐛𝐨𝐛', 'bob'],
    ['composition', 'Zoe\u0308', 'zo\u00eb'],
    ['sharp s', 'straße', 'STRASSE'],
    ['final sigma', 'ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['a ligature', 'ﬁn', 'FIN'],
    ['the Kelvin sign', '\u212aim', 'kim'],
    ['the long s', 'ſam', 'Sam'],
    ['a roman numeral', 'Louis Ⅻ', 'louis xii'],
    ['a no-break space', 'a\u00a0b', 'A b'],
    ['Cherokee case', '\u13a0', '\uab70'],
    ['iota below', 'ᾳ', 'ΑΙ'],
    ['capital sharp s', 'STRAẞE', 'straße'],
    ['a joiner nobody sees', 'ada', 'a\u034fda'],
    ['a variation selector', 'ada', 'ada\ufe0f'],
  ])('is one whatever the %s', (_what, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });

  it.each([
    ['accents', 'zoe', 'zoë'],
    ['letters', 'bob', 'rob'],
    ['scripts that look alike', 'а', 'a'],
    ['spaces inside', 'a b', 'ab'],
  ])('tells apart by %s', (_what, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });

  it('is its own key', () => {
    const again = (key: string) => usernameKey(key as Username);
    fc.assert(
      fc.property(anyUsername, (name) => {
        expect(again(usernameKey(name))).toBe(usernameKey(name));
      }),
    );
  });

  it('does not depend on case', () => {
    fc.assert(
      fc.property(anyUsername, (name) => {
        const [upper, lower] = [name.toUpperCase(), name.toLowerCase()];
        fc.pre(isUsername(upper) && isUsername(lower));
        expect(keyOf(upper)).toBe(usernameKey(name));
        expect(keyOf(lower)).toBe(usernameKey(name));
      }),
    );
  });
});
