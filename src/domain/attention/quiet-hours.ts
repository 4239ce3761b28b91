import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import { offsetAt, shownAt, type Zone, zone } from './zone.ts';

/** The days on which quiet hours begin, in their order from Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes since midnight by the clocks of a zone. */
export type LocalTime = Branded<number, 'LocalTime'>;

/** Every week at the same local times. */
export interface QuietHours {
  readonly zone: Zone;
  /** Each once, in the order of the week. Without a day there are no quiet hours. */
  readonly days: readonly Weekday[];
  readonly from: LocalTime;
  /** On the next day where it is not later than `from`: equal times are 24 hours. */
  readonly to: LocalTime;
}

/**
 * @param text `HH:MM`, from `00:00` to `23:59`
 * @throws DomainError `invalid_notifications`
 */
export function localTime(text: string): LocalTime {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined)
    throw new DomainError('invalid_notifications', 'Write times as HH:MM, from 00:00 to 23:59.');
  return (Number(hours) * 60 + Number(minutes)) as LocalTime;
}

export const localTimeText = (time: LocalTime): string =>
  [Math.floor(time / 60), time % 60].map((number) => `${number}`.padStart(2, '0')).join(':');

/** As people and programs write them. */
export interface WrittenQuietHours {
  readonly zone: string;
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** @throws DomainError `invalid_notifications` */
export const quietHours = ({ days, ...written }: WrittenQuietHours): QuietHours => ({
  zone: zone(written.zone),
  days: WEEKDAYS.filter((day) => days.includes(day)),
  from: localTime(written.from),
  to: localTime(written.to),
});

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Whether a moment is within the quiet hours. Each of them is one span without a gap, also on the nights on which the clocks change: a
 * time that the clocks show twice begins it at the first time and ends it at the second; a time that they skip is the moment of the
 * change.
 */
export function isQuiet({ zone: where, days, from, to }: QuietHours, moment: number): boolean {
  if (days.length === 0) return false;
  const today = Math.floor(shownAt(where, moment) / DAY_MS);
  const length = (to > from ? to - from : to - from + 24 * 60) * MINUTE_MS;
  // A change of the clocks can put the moment into the day before the one on which the quiet hours begin.
  return [today - 1, today, today + 1].some((day) => {
    if (!days.some((name) => WEEKDAYS.indexOf(name) === weekdayOf(day))) return false;
    const begin = day * DAY_MS + from * MINUTE_MS;
    return hasShown(where, { moment, time: begin }) && !showsOnlyAfter(where, { moment, time: begin + length });
  });
}

/** The place in WEEKDAYS. The first of January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

interface Looked {
  readonly moment: number;
  /** A local time, as `shownAt` has it. */
  readonly time: number;
}

/** Whether the clocks have shown this time, or a later one, up to the moment. */
function hasShown(where: Zone, { moment, time }: Looked): boolean {
  if (shownAt(where, moment) >= time) return true;
  // The clocks may have been put back since they showed it.
  const before = offsetAt(where, moment - DAY_MS);
  const first = time - before;
  return first <= moment && offsetAt(where, first) === before;
}

/** Whether the clocks show this time, or a later one, from the moment on without going back behind it. */
function showsOnlyAfter(where: Zone, { moment, time }: Looked): boolean {
  if (shownAt(where, moment) < time) return false;
  // The clocks may be put back, and show it again.
  const after = offsetAt(where, moment + DAY_MS);
  const second = time - after;
  return second <= moment || offsetAt(where, second) !== after;
}
