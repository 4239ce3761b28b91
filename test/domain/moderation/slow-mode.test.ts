import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.ts';
import { assertNotTooEarly, durationWords, slowSeconds } from '../../../src/domain/moderation/slow-mode.ts';

const waitFor = (lastPostAt: number | undefined, now: number) => {
  try {
    assertNotTooEarly({ seconds: 30, lastPostAt }, now);
    return 0;
  } catch (error) {
    return error instanceof DomainError && error.code === 'slow_mode' ? error.retryAfterMs : error;
  }
};

describe('slow mode', () => {
  it('makes an author wait from their last post on', () => {
    expect(waitFor(undefined, 1_000)).toBe(0);
    expect([1_000, 1_001, 30_999, 31_000, 90_000].map((now) => waitFor(1_000, now))).toEqual([
      ...[30_000, 29_999, 1, 0, 0],
    ]);
  });

  it('makes nobody wait for longer because a clock was set back', () => {
    expect(waitFor(500_000, 1_000)).toBe(30_000);
  });

  it('says how long, in whole units', () => {
    expect([1, 45, 60, 90, 300, 3_600, 7_200].map(durationWords)).toEqual([
      ...['1 second', '45 seconds', '1 minute', '90 seconds', '5 minutes', '1 hour', '2 hours'],
    ]);
  });

  it.each([-1, 1.5, 21_601, Number.NaN])('is no %s', (seconds) => {
    expect(() => slowSeconds(seconds)).toThrow('Slow mode is 0 to 21600 seconds');
  });
});
