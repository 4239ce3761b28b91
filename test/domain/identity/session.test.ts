import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDueToBeSeen, sessionExpiry, staleSessions } from '../../../src/domain/identity/session.ts';
import { aSessionOf, aUser, NOW } from '../../builders.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a session', () => {
  it('is good for 7 days after it began, when it is not seen again', () => {
    expect(sessionExpiry({ createdAt: NOW, seenAt: NOW })).toBe(NOW + 7 * DAY);
  });

  it('is good for 7 days after it was last seen', () => {
    expect(sessionExpiry({ createdAt: NOW, seenAt: NOW + 6 * DAY })).toBe(NOW + 13 * DAY);
    expect(sessionExpiry({ createdAt: NOW, seenAt: NOW + 23 * DAY })).toBe(NOW + 30 * DAY);
  });

  it('ends 30 days after it began, however often it is seen', () => {
    expect(sessionExpiry({ createdAt: NOW, seenAt: NOW + 23 * DAY + 1 })).toBe(NOW + 30 * DAY);
    expect(sessionExpiry({ createdAt: NOW, seenAt: NOW + 30 * DAY })).toBe(NOW + 30 * DAY);
  });

  it('never outlives either bound', () => {
    const aTime = fc.integer({ min: 0, max: 100 * DAY });
    fc.assert(
      fc.property(aTime, aTime, (createdAt, idle) => {
        const seenAt = createdAt + idle;
        const expiry = sessionExpiry({ createdAt, seenAt });
        expect(expiry).toBeLessThanOrEqual(seenAt + 7 * DAY);
        expect(expiry).toBeLessThanOrEqual(createdAt + 30 * DAY);
      }),
    );
  });

  it('is due to be written down as seen once an hour', () => {
    const session = aSessionOf(aUser(), { createdAt: NOW - DAY, seenAt: NOW });
    expect(isDueToBeSeen(session, NOW)).toBe(false);
    expect(isDueToBeSeen(session, NOW + HOUR - 1)).toBe(false);
    expect(isDueToBeSeen(session, NOW + HOUR)).toBe(true);
  });

  it('is not due when the clock has stepped back', () => {
    expect(isDueToBeSeen(aSessionOf(aUser()), NOW - DAY)).toBe(false);
  });

  it('is stale exactly when it has expired', () => {
    const aTime = fc.oneof(fc.integer({ min: 0, max: 31 * DAY }), fc.constantFrom(7 * DAY, 30 * DAY));
    const offByOne = fc.constantFrom(-1, 0, 1);
    fc.assert(
      fc.property(aTime, aTime, offByOne, (age, idle, offset) => {
        const session = { createdAt: NOW - age + offset, seenAt: NOW - idle + offset };
        const until = staleSessions(NOW);
        const stale = session.createdAt <= until.createdAt || session.seenAt <= until.seenAt;
        expect(stale).toBe(NOW >= sessionExpiry(session));
      }),
    );
  });
});
