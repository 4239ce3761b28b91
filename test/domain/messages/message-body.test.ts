import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, utf8Bytes } from '../../../src/domain/code-points.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { refusal } from '../refusal.ts';

describe('the body of a message', () => {
  it.each([
    ['one letter', 'x'],
    ['10,000 letters', 'x'.repeat(10_000)],
    ['10,000 letters of two bytes', 'é'.repeat(10_000)],
    ['10,000 letters of three bytes', '山'.repeat(10_000)],
    ['10,000 emoji, which are 40,000 bytes', '😀'.repeat(10_000)],
    ['white space around a word', ' \n\tx\r\n '],
    ['what looks like markup', '<script>alert(1)</script> & "quotes"'],
    ['decomposed letters', 'e\u0301'],
    ['changes of direction', '\u202eabc\u202c'],
    ['an invisible character alone', '\u200b'],
    ['controls other than NUL', '\u0001\u001b\u007f'],
    ['noncharacters', '\uffff\u{10ffff}'],
  ])('may be %s, and is kept as it came', (_what, text) => {
    expect(messageBody(text)).toBe(text);
  });

  it.each([
    ['empty', ''],
    ['only spaces', '   '],
    ['only line breaks and tabs', '\r\n\t\u2028\u2029\v\f'],
    ['only spaces of other scripts', '\u00a0\u3000\u2003\ufeff'],
    ['10,001 letters', 'x'.repeat(10_001)],
    ['10,001 letters of three bytes', '山'.repeat(10_001)],
    ['10,001 emoji', '😀'.repeat(10_001)],
    ['10,000 emoji and a letter', `${'😀'.repeat(10_000)}x`],
    ['with a NUL in it', 'a\0b'],
    ['a NUL alone', '\0'],
    ['with the first half of a surrogate pair', 'a\ud83d'],
    ['with the second half of a surrogate pair', '\ude00b'],
    ['with a surrogate pair the wrong way round', '\ude00\ud83d'],
  ])('is never %s', (_what, text) => {
    expect(refusal(() => messageBody(text))).toBe('invalid_message');
  });

  it('is any text that keeps the rules, unchanged, and no other', () => {
    const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(' ', '\n', '\0', '\ud83d', '\ude00'), anyCodePoint()) });
    fc.assert(
      fc.property(anyText, (text) => {
        const good = text.trim() !== '' && !text.includes('\0') && text.isWellFormed();
        expect(refusal(() => messageBody(text))).toBe(good ? undefined : 'invalid_message');
        if (good) expect(messageBody(text)).toBe(text);
      }),
    );
  });

  it('is held to 10,000 code points and 40,000 bytes, whatever it is made of', () => {
    const near = fc.integer({ min: 9_990, max: 10_010 });
    fc.assert(
      fc.property(near, fc.constantFrom('x', 'é', '山', '😀'), (length, unit) => {
        const text = unit.repeat(length);
        const good = codePoints(text) <= 10_000 && utf8Bytes(text) <= 40_000;
        expect(refusal(() => messageBody(text))).toBe(good ? undefined : 'invalid_message');
      }),
      { numRuns: 40 },
    );
  });
});

const anyCodePoint = () => fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
