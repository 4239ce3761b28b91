import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedLease,
  type DeviceLease,
  isLive,
  leaseAt,
  PRESENCE_LASTS_MS,
  stateOfDevices,
  timeLeft,
} from '../../../src/domain/presence/lease.ts';

const aState = fc.constantFrom('active' as const, 'idle' as const);
const aLease: fc.Arbitrary<DeviceLease> = fc.record({ state: aState, until: fc.nat(200_000) });

describe('a presence lease', () => {
  it('holds for 60 s', () => {
    const lease = leaseAt(1_000, 'active');
    expect(stateOfDevices([lease], 60_999)).toBe('active');
    expect(stateOfDevices([lease], 61_000)).toBe('offline');
  });

  it('ends 5 s after its connection has closed, and never later than it would have', () => {
    expect(closedLease(leaseAt(0, 'idle'), 10_000).until).toBe(15_000);
    expect(closedLease(leaseAt(0, 'idle'), 59_000).until).toBe(60_000);
  });

  it('makes a person as available as their most active device, at any moment and in any order', () => {
    fc.assert(
      fc.property(fc.array(aLease, { maxLength: 12 }), fc.nat(200_000), (leases, now) => {
        const states = leases.filter((lease) => isLive(lease, now)).map(({ state }) => state);
        const best = states.includes('active') ? 'active' : (states[0] ?? 'offline');
        expect(stateOfDevices(leases, now)).toBe(best);
        expect(stateOfDevices(leases.toReversed(), now)).toBe(best);
        expect(timeLeft(leases, now) > 0).toBe(best !== 'offline');
      }),
    );
  });

  it('never holds longer than 60 s, whatever another instance reports', () => {
    fc.assert(
      fc.property(aState, fc.nat(1_000_000), fc.double({ noNaN: true }), (state, now, lastsMs) => {
        const { until } = leaseAt(now, state, lastsMs);
        expect(until).toBeGreaterThanOrEqual(now);
        expect(until).toBeLessThanOrEqual(now + PRESENCE_LASTS_MS);
      }),
    );
  });
});
