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
    expect(faceOf(name).initial).toBe(initial);
  });

  it('keeps its hue, and those of a crowd differ', () => {
    const names = Array.from({ length: 100 }, (_, index) => `sailor ${index}`);
    const hues = names.map((name) => faceOf(name).hue);
    expect(names.map((name) => faceOf(name).hue)).toEqual(hues);
    expect([...new Set(hues)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
