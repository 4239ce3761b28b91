import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../../src/domain/code-points.ts';
import { assertHardToGuess, isLongEnough, password } from '../../../src/domain/identity/password.ts';
import { username } from '../../../src/domain/identity/username.ts';
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

describe('common passwords (top 3,000 and the name itself) are refused when an account is made', () => {
  const refusalOf = (typed: string, name = 'grace') =>
    refusal(() => assertHardToGuess(password(typed), username(name)));

  it.each([
    'password',
    'password123',
    '12345678',
    '1234567890',
    'qwertyuiop',
    'iloveyou',
    'trustno1',
    'qwerty123',
    '11111111',
    'football1',
    'abcd1234',
    'p@ssw0rd',
  ])('however frequent lists count: %s', (typed) => {
    expect(refusalOf(typed)).toBe('invalid_password');
  });

  it('in every case and width', () => {
    for (const typed of ['PASSWORD', 'PassWord123', 'ｐａｓｓｗｏｒｄ'])
      expect(refusalOf(typed)).toBe('invalid_password');
  });

  it('and so is the name, however it is written', () => {
    for (const typed of ['Grace Hopper', 'GRACE HOPPER', 'ｇrace hopper']) {
      expect(refusalOf(typed, 'Grace Hopper')).toBe('invalid_password');
    }
    expect(refusalOf('Grace Hopper', 'ada')).toBeUndefined();
  });

  it('and nothing that merely resembles them', () => {
    for (const typed of [
      'correct horse',
      'correct horse battery staple',
      'a good password',
      ' password',
      'password 123',
    ]) {
      expect(refusalOf(typed)).toBeUndefined();
    }
  });
});

describe('words of this place are refused, with digits and punctuation around them', () => {
  const refusalOf = (typed: string) => refusal(() => assertHardToGuess(password(typed), username('grace')));

  it.each(['shoal123', 'Shoal!2026', 'ShoalShoal', 'chat-login', 'ＳＨＯＡＬ2026', '1shoalchat1'])('%s', (typed) => {
    expect(refusalOf(typed)).toBe('invalid_password');
  });

  it.each(['shoal of fish', 'chatterbox', 'a shoal sings', '2026-11-29!', '🐟🐟🐟'])('but not %s', (typed) => {
    expect(refusalOf(typed)).toBeUndefined();
  });
});
