import { describe, expect, it } from 'vitest';
import { faceOf } from '../../src/adapters/wire/face.ts';

describe('a face', () => {
  it.each([
    ['ada', 'A'],
    ['Łódź', 'Ł'],
    ['é́tude', 'É́'],
    ['👩‍🚀 crew', '👩‍🚀'],
    ['ﬁsh', 'FI'],
    ['7 seas', '7'],
    ['e\u0301toile', 'E\u0301'],
  ])('of %s shows %s, whole', (name, initial) => {
    expect(faceOf(name, 1).initial).toBe(initial);
  });

  it('keeps its hue under another name, and those of a crowd differ', () => {
    expect(faceOf('ada', 7).hue).toBe(faceOf('lovelace', 7).hue);
    const hues = Array.from({ length: 10 }, (_, id) => faceOf('ada', id + 1).hue);
    expect(new Set(hues)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });
});
