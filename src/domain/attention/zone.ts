import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/**
 * The name of a time zone, such as `Asia/Kolkata`. It is kept as it was given: the runtime knows some zones by an older name, which is not
 * the one that people know.
 */
export type Zone = Branded<string, 'Zone'>;

/** The longest name in the time zone database has 32 characters. */
const SHAPE = /^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/;

const DAY_MS = 86_400_000;

/** Zones whose rules are held ready: making a formatter costs far more than using it. */
const MAX_HELD = 600;
const formatters = new Map<Zone, Intl.DateTimeFormat>();

/** @throws DomainError `invalid_notifications` for a name that the time zone database does not have */
export function zone(name: string): Zone {
  const candidate = name as Zone;
  try {
    if (SHAPE.test(name) && formatterOf(candidate)) return candidate;
  } catch {
    // The runtime throws a RangeError for an unknown zone.
  }
  throw new DomainError(
    'invalid_notifications',
    'There is no time zone of this name. Write one such as Europe/Berlin.',
  );
}

/** What the clocks of the zone show at a moment, in milliseconds since 1970 as if they showed UTC. */
export const shownAt = (at: Zone, moment: number): number => moment + offsetAt(at, moment);

/**
 * The moment at which the clocks of the zone show a time, which is written as `shownAt` writes it. Of a time that they show twice it is the
 * second; of a time that they skip, the moment at which they would show it without the change.
 */
export function momentAt(at: Zone, time: number): number {
  const [before, after] = [time - offsetAt(at, time - DAY_MS), time - offsetAt(at, time + DAY_MS)];
  return shownAt(at, after) === time ? after : before;
}

/** Milliseconds by which the clocks of the zone are ahead of UTC at a moment. */
export function offsetAt(at: Zone, moment: number): number {
  const parts = formatterOf(at).formatToParts(moment);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
  const offset = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1_000;
  return sign === '-' ? -offset : offset;
}

function formatterOf(at: Zone): Intl.DateTimeFormat {
  const held = formatters.get(at);
  if (held) return held;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: at, timeZoneName: 'longOffset' });
  if (formatters.size >= MAX_HELD) formatters.clear();
  formatters.set(at, made);
  return made;
}
