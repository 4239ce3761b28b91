/** What a device says of its user: they use it, or have not for a while. */
export type DeviceState = 'active' | 'idle';

/** What the devices of a person say together. */
export type DevicesState = DeviceState | 'offline';

/** How long a device counts as connected after it last said so. Clients say so every 30 s. */
export const PRESENCE_LASTS_MS = 60_000;
/** The same after its connection has closed: long enough to load a page again. */
const CLOSED_LASTS_MS = 5_000;

/** One device's claim to be connected. It ends by itself. */
export interface DeviceLease {
  readonly state: DeviceState;
  readonly until: number;
}

export const leaseAt = (now: number, state: DeviceState, lastsMs = PRESENCE_LASTS_MS): DeviceLease => ({
  state,
  until: now + Math.min(Math.max(lastsMs, 0), PRESENCE_LASTS_MS),
});

/** The lease of a device whose connection has closed. */
export const closedLease = (lease: DeviceLease, now: number): DeviceLease => ({
  ...lease,
  until: Math.min(lease.until, now + CLOSED_LASTS_MS),
});

export const isLive = ({ until }: DeviceLease, now: number): boolean => until > now;

/** The most active device decides. */
export function stateOfDevices(leases: Iterable<DeviceLease>, now: number): DevicesState {
  let state: DevicesState = 'offline';
  for (const lease of leases) {
    if (!isLive(lease, now)) continue;
    if (lease.state === 'active') return 'active';
    state = 'idle';
  }
  return state;
}

/** How long the last of the leases still holds; 0 when none does. */
export function timeLeft(leases: Iterable<DeviceLease>, now: number): number {
  let left = 0;
  for (const { until } of leases) left = Math.max(left, until - now);
  return left;
}
