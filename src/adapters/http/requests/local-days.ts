import { HttpRefusal } from '../answers/http-refusal.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR_MS = 3_600_000;

/**
 * The beginning of a day in a time zone, in milliseconds since 1970.
 * @param date as in `2026-03-01`
 * @param zone as in `Europe/Berlin`; UTC when undefined
 * @throws HttpRefusal `bad_request`
 */
export function beginningOfDay(date: string, zone = 'UTC'): number {
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  if (!DATE.test(date) || Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date)
    throw new HttpRefusal('bad_request', 'A date is written as in 2026-03-01.');
  const wallClock = wallClockOf(zone);
  // The offset at midnight in UTC may differ from the one at midnight in the zone, where the clocks change in between.
  const guess = midnight - (wallClock(midnight) - midnight);
  const begin = midnight - (wallClock(guess) - guess);
  // Some zones change their clocks at midnight: such a day begins at one o'clock.
  return wallClock(begin) < midnight ? begin + HOUR_MS : begin;
}

/** What the clocks of a zone show at a moment, as the moment at which those of UTC show it. */
function wallClockOf(zone: string): (moment: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', { ...FIELDS, timeZone: zone });
  } catch {
    throw new HttpRefusal('bad_request', 'A time zone is written as in Europe/Berlin.');
  }
  return (moment) => {
    const shown = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
