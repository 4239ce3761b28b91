import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../../src/domain/code-points.ts';
import { password } from '../../../src/domain/identity/password.ts';
import { refusal } from '../refusal.ts';

describe('a password', () => {
  it('has at least 8 bytes', () => {
    expect(password('12345678')).toBe('12345678');
    expect(refusal(() => password('1234567'))).toBe('invalid_password');
    expect(refusal(() => password(''))).toBe('invalid_password');
  });

  it('has at most 1,024 bytes', () => {
    expect(password('x'.repeat(1024))).toHaveLength(1024);
    expect(refusal(() => password('x'.repeat(1025)))).toBe('invalid_password');
  });

  it('is measured in bytes, not in characters', () => {
    expect(password('😀😀')).toBe('😀😀');
    expect(refusal(() => password('ééé'))).toBe('invalid_password');
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
        const good = bytes >= 8 && bytes <= 1024;
        expect(refusal(() => password(text))).toBe(good ? undefined : 'invalid_password');
      }),
    );
  });
});
