import { DomainError } from '../errors.ts';
import type { DevicesState } from './lease.ts';

/** How a person is shown to others. `until` is in milliseconds since 1970. */
export type Availability = { readonly state: DevicesState } | { readonly state: 'away'; readonly until: number };

/** The longest time for which people can say that they are away. */
const MAX_AWAY_MS = 366 * 86_400_000;

/** People who said that they are away are shown so until then, whether they use a device, and whether one is connected at all. */
export function availabilityOf(
  devices: DevicesState,
  { awayUntil, now }: { readonly awayUntil: number | undefined; readonly now: number },
): Availability {
  return awayUntil !== undefined && awayUntil > now ? { state: 'away', until: awayUntil } : { state: devices };
}

/**
 * The moment until which somebody says to be away, in milliseconds since 1970.
 * @throws DomainError `invalid_away` when it is not in the future, or too far in it
 */
export function endOfAway(moment: number, now: number): number {
  if (!(moment > now)) throw new DomainError('invalid_away', 'Say until when in the future you are away.');
  if (moment > now + MAX_AWAY_MS) throw new DomainError('invalid_away', 'You can be away for a year at most.');
  return moment;
}
