import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, utf8Bytes } from '../../src/domain/code-points.ts';

describe('the length of a text', () => {
  it('is counted in code points, not in UTF-16 units or in what looks like one character', () => {
    expect(codePoints('')).toBe(0);
    expect(codePoints('ada')).toBe(3);
    expect(codePoints('😀')).toBe(1);
    expect(codePoints('e\u0301')).toBe(2);
    expect(codePoints('\ud800')).toBe(1);
  });

  it('is counted in bytes of UTF-8', () => {
    expect(utf8Bytes('')).toBe(0);
    expect(utf8Bytes('aé€😀')).toBe(1 + 2 + 3 + 4);
  });

  it('is for any text what Unicode and UTF-8 say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codePoints(text)).toBe([...text].length);
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });
});
