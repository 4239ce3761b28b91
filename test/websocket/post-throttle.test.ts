import { describe, expect, it } from 'vitest';
import { PostThrottle } from '../../src/adapters/websocket/post-throttle.ts';
import { manualTimer } from '../fakes.ts';

const RATE = { count: 30, withinMs: 6000, comeBack: 'evenly' } as const;

function aThrottle() {
  const timer = manualTimer();
  const throttle = new PostThrottle({ rate: RATE, timer });
  /** How many it gives of so many that are wanted at this moment. */
  const want = (count: number) =>
    Array.from({ length: count }, () => throttle.take()).filter((wait) => wait === 0).length;
  return { timer, throttle, want };
}

describe("WS-8: a socket's share of posts", () => {
  it('is thirty at once and then five a second', () => {
    const { timer, throttle, want } = aThrottle();
    expect(want(100)).toBe(30);
    expect(throttle.take()).toBe(200);
    timer.advance(199);
    expect(throttle.take()).toBe(1);
    timer.advance(1);
    expect(want(5)).toBe(1);
    timer.advance(1000);
    expect(want(10)).toBe(5);
    timer.advance(3000);
    expect(want(100)).toBe(15);
    timer.advance(600_000);
    expect(want(100)).toBe(30);
  });

  it('is asked for too much for too long by who never pauses, however late the timers are', () => {
    const { timer, throttle, want } = aThrottle();
    want(100);
    for (let ms = 0; ms <= 60_000; ms += 500) {
      expect(throttle.isFlood(), `after ${ms} ms`).toBe(false);
      timer.advance(500);
      expect(want(100)).toBeGreaterThan(0);
    }
    expect(throttle.isFlood()).toBe(true);
  });

  it('is never too much for who comes to a pause, or keeps to five a second', () => {
    const { timer, throttle, want } = aThrottle();
    for (let minute = 0; minute < 5; minute += 1) {
      want(100);
      expect(throttle.isFlood()).toBe(false);
      for (let second = 0; second < 50; second += 1) {
        timer.advance(1000);
        expect(want(5)).toBe(5);
      }
    }
    for (let burst = 0; burst < 30; burst += 1) {
      want(100);
      expect(throttle.isFlood()).toBe(false);
      timer.advance(10_000);
    }
  });
});
