import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { refusal } from '../refusal.ts';

describe('a client id', () => {
  it('has 1 to 64 letters, digits, underscores and hyphens', () => {
    for (const good of ['a', 'Z', '0', '_', '-', 'a'.repeat(64), '3f0e7a4c-9c1d-4e57-8a41-1c0d3e6a7b52']) {
      expect(clientId(good)).toBe(good);
    }
  });

  it.each([
    ['the empty one', ''],
    ['one too long', 'a'.repeat(65)],
    ['a space', 'a b'],
    ['a line feed at the end', 'abc\n'],
    ['a line feed before', '\nabc'],
    ['letters beyond ASCII', 'é'],
    ['fullwidth digits', '１２'],
    ['punctuation', 'a.b'],
    ['a NUL', 'a\0'],
  ])('is not %s', (_what, text) => {
    expect(refusal(() => clientId(text))).toBe('invalid_client_id');
  });

  it('is any text made of these characters', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'];
    const good = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(good, (text) => {
        expect(clientId(text)).toBe(text);
      }),
    );
  });
});
