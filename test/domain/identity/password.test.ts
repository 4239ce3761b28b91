import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../../src/domain/code-points.ts';
import { isLongEnough, password } from '../../../src/domain/identity/password.ts';
import { refusal } from '../refusal.ts';

describe('a password', () => {
  it('is long enough for a new account from 8 bytes', () => {
    expect(isLongEnough(password('12345678'))).toBe(true);
    expect(isLongEnough(password('1234567'))).toBe(false);
    expect(isLongEnough(password(''))).toBe(false);
  });

  it('has at most 1,024 bytes', () => {
    expect(password('x'.repeat(1024))).toHaveLength(1024);
    expect(refusal(() => password('x'.repeat(1025)))).toBe('invalid_password');
  });

  it('is measured in bytes, not in characters', () => {
    expect(isLongEnough(password('😀😀'))).toBe(true);
    expect(isLongEnough(password('ééé'))).toBe(false);
    expect(password('é'.repeat(512))).toHaveLength(512);
    expect(refusal(() => password(`${'é'.repeat(512)}x`))).toBe('invalid_password');
  });

  it('is taken exactly as typed', () => {
    for (const typed of ['  spaces around  ', 'e\u0301e\u0301e\u0301', 'tab\tline\n\0', '        ']) {
      expect(password(typed)).toBe(typed);
    }
  });

  it('is any text of such a length, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const bytes = utf8Bytes(text);
        expect(refusal(() => password(text))).toBe(bytes <= 1024 ? undefined : 'invalid_password');
        if (bytes <= 1024) expect(isLongEnough(password(text))).toBe(bytes >= 8);
      }),
    );
  });
});
