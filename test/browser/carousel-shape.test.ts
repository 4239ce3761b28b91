import { describe, expect, it } from 'vitest';
import { CarouselShape, distance } from '../../src/adapters/browser/chats/carousel/carousel-shape.ts';

const FRAME = { height: 500, card: 60, gap: 6 };
const places = (count: number, front: number, frame = FRAME) => {
  const shape = new CarouselShape(frame, { count, front });
  return { shape, all: Array.from({ length: count }, (_, index) => shape.at(index)) };
};

describe('the pile of cards', () => {
  it('shrinks step by step on both sides of the one in front, and no farther than so far', () => {
    const { all } = places(11, 5);
    expect(all.map(({ scale }) => Math.round(scale * 100))).toEqual([80, 80, 85, 90, 95, 100, 95, 90, 85, 80, 80]);
    expect([0, 1, 2, 3, 4, 9].map((index) => distance(index, 2))).toEqual([2, 1, 0, 1, 2, 4]);
  });

  it('lets no card touch another', () => {
    const { all } = places(30, 12.4);
    for (const [index, { y, scale }] of all.entries()) {
      const next = all[index + 1];
      if (next) expect(next.y - y).toBeGreaterThanOrEqual((60 * (scale + next.scale)) / 2);
    }
  });

  it('begins at the top when all of it fits', () => {
    const { all } = places(3, 1);
    expect(all[0]?.y).toBeCloseTo((60 * 0.95) / 2);
    expect(all.every(({ lit }) => lit === 1)).toBe(true);
  });

  it('keeps the front in the middle, but leaves no room unused at either end', () => {
    expect(places(200, 100).all[100]?.y).toBe(250);
    expect(places(200, 0).all[0]?.y).toBe(30);
    expect(places(200, 199).all[199]?.y).toBe(470);
  });

  it.each([0, 3, 100, 197.5, 199])('shows a dozen of two hundred at most, the front %d among them', (front) => {
    const { first, last } = places(200, front).shape.shown;
    expect(last - first).toBeLessThan(12);
    expect(first).toBeLessThanOrEqual(front);
    expect(last).toBeGreaterThanOrEqual(Math.floor(front));
  });

  it('fades what reaches over the edge, and shows nothing of what is half out', () => {
    const { all } = places(200, 100);
    for (const { y, scale, lit } of all) {
      const out = Math.max(0, (60 * scale) / 2 - Math.min(y, 500 - y)) / (60 * scale);
      expect(lit === 1).toBe(out === 0);
      if (out >= 0.5) expect(lit).toBe(0);
    }
  });
});
