import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isQuiet,
  localTime,
  type QuietHours,
  WEEKDAYS,
  type Weekday,
} from '../../../src/domain/attention/quiet-hours.ts';
import { momentAt, shownAt, zone } from '../../../src/domain/attention/zone.ts';
import { refusal } from '../refusal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function quiet(at: string, from: string, to: string, days: readonly Weekday[] = WEEKDAYS): QuietHours {
  return { zone: zone(at), days, from: localTime(from), to: localTime(to) };
}

const isQuietAt = (hours: QuietHours, moment: string): boolean => isQuiet(hours, Date.parse(moment));

/** The moments of a span at which the quiet hours begin or end, to the minute. */
function changes(hours: QuietHours, from: string, until: string): readonly string[] {
  const found: string[] = [];
  let before = isQuietAt(hours, from);
  for (let at = Date.parse(from) + MINUTE; at <= Date.parse(until); at += MINUTE) {
    const now = isQuiet(hours, at);
    if (now !== before) found.push(`${now ? 'begin' : 'end'} ${new Date(at).toISOString().slice(0, 16)}`);
    before = now;
  }
  return found;
}

describe('quiet hours', () => {
  it('begin and end at the local times of their zone', () => {
    const hours = quiet('Europe/Berlin', '12:00', '14:30');
    expect(changes(hours, '2026-11-30T00:00Z', '2026-12-01T00:00Z')).toEqual([
      'begin 2026-11-30T11:00',
      'end 2026-11-30T13:30',
    ]);
  });

  it('in Asia/Kolkata are half an hour off those of whole hours', () => {
    const hours = quiet('Asia/Kolkata', '22:00', '07:00');
    expect(changes(hours, '2026-11-30T12:00Z', '2026-12-01T12:00Z')).toEqual([
      'begin 2026-11-30T16:30',
      'end 2026-12-01T01:30',
    ]);
  });

  it('over midnight belong to the weekday on which they begin', () => {
    const hours = quiet('UTC', '22:00', '07:00', ['fri']);
    expect(changes(hours, '2026-11-30T00:00Z', '2026-12-07T00:00Z')).toEqual([
      'begin 2026-12-04T22:00',
      'end 2026-12-05T07:00',
    ]);
  });

  it('from a time to the same time are a whole day, and without a day there are none', () => {
    const hours = quiet('UTC', '09:00', '09:00', ['sat', 'sun']);
    expect(changes(hours, '2026-12-04T00:00Z', '2026-12-09T00:00Z')).toEqual([
      'begin 2026-12-05T09:00',
      'end 2026-12-07T09:00',
    ]);
    expect(isQuietAt({ ...hours, days: [] }, '2026-12-05T12:00Z')).toBe(false);
  });

  it('keep their local times on both daylight-saving nights', () => {
    const hours = quiet('Europe/Berlin', '22:00', '07:00');
    const spring = changes(hours, '2026-03-28T12:00Z', '2026-03-29T12:00Z');
    expect(spring).toEqual(['begin 2026-03-28T21:00', 'end 2026-03-29T05:00']);
    const autumn = changes(hours, '2026-10-24T12:00Z', '2026-10-25T12:00Z');
    expect(autumn).toEqual(['begin 2026-10-24T20:00', 'end 2026-10-25T06:00']);
  });

  it('begin or end at the change of the clocks where these skip the time', () => {
    const night = ['2026-03-28T12:00Z', '2026-03-29T12:00Z'] as const;
    expect(changes(quiet('Europe/Berlin', '02:30', '05:00'), ...night)).toEqual([
      'begin 2026-03-29T01:00',
      'end 2026-03-29T03:00',
    ]);
    expect(changes(quiet('Europe/Berlin', '01:00', '02:30'), ...night)).toEqual([
      'begin 2026-03-29T00:00',
      'end 2026-03-29T01:00',
    ]);
  });

  it('begin at the first and end at the second where the clocks show the time twice', () => {
    const night = ['2026-10-24T12:00Z', '2026-10-25T12:00Z'] as const;
    expect(changes(quiet('Europe/Berlin', '02:30', '05:00'), ...night)).toEqual([
      'begin 2026-10-25T00:30',
      'end 2026-10-25T04:00',
    ]);
    expect(changes(quiet('Europe/Berlin', '01:00', '02:30'), ...night)).toEqual([
      'begin 2026-10-24T23:00',
      'end 2026-10-25T01:30',
    ]);
  });

  it('are as the clocks of any zone show on days without a change, and one span a day on all days', () => {
    const times = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata', 'Australia/Lord_Howe');
    const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(zones, days, times, times, moments, (name, on, from, to, moment) => {
        const hours = quiet(name, clock(from), clock(to), on);
        if (isSteady(name, moment)) expect(isQuiet(hours, moment)).toBe(asShown(hours, moment));
        // Less than the shortest day, so that no two spans can begin.
        let [spans, before] = [0, isQuiet(hours, moment)];
        for (let at = moment; at < moment + 20 * HOUR; at += 15 * MINUTE) {
          const now = isQuiet(hours, at);
          if (now && !before) spans += 1;
          before = now;
        }
        expect(spans).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses unknown zones, offsets in place of names, and times that no clock shows', () => {
    for (const name of ['', 'Mars/Olympus', '+05:30', 'Europe/Berlin ', 'x'.repeat(100)])
      expect(refusal(() => zone(name))).toBe('invalid_notifications');
    for (const text of ['24:00', '7:00', '07:60', '07:00:00', ' 07:00'])
      expect(refusal(() => localTime(text))).toBe('invalid_notifications');
    expect(zone('Asia/Kolkata')).toBe('Asia/Kolkata');
  });
});

describe('the moment at which the clocks of a zone show a time', () => {
  const momentIn = (name: string, time: string) =>
    new Date(momentAt(zone(name), Date.parse(`${time}Z`))).toISOString().slice(0, 16);

  it('is the second of a time that they show twice, and as without the change of a time that they skip', () => {
    expect(momentIn('Europe/Berlin', '2026-07-01T15:00')).toBe('2026-07-01T13:00');
    expect(momentIn('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T01:30');
    expect(momentIn('Europe/Berlin', '2026-03-29T02:30')).toBe('2026-03-29T01:30');
    expect(momentIn('Asia/Kolkata', '2026-12-01T00:15')).toBe('2026-11-30T18:45');
  });

  it('shows that time, in any zone and at any moment', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(zones, moments, (name, moment) => {
        const time = shownAt(zone(name), moment);
        expect(shownAt(zone(name), momentAt(zone(name), time))).toBe(time);
      }),
      { numRuns: 300 },
    );
  });
});

const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}`.padStart(2, '0') + `:${minutes % 60}`.replace(/:(\d)$/, ':0$1');

/** What the clocks of the zone show, by another way than the one of the product. */
function shown(name: string, moment: number) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '');
  return { day, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

function isSteady(name: string, moment: number): boolean {
  const minutes = [-1, 1].map((days) => shown(name, moment + days * DAY).minute);
  return minutes.every((minute) => minute === shown(name, moment).minute);
}

function asShown({ zone: name, days, from, to }: QuietHours, moment: number): boolean {
  const { day, minute } = shown(name, moment);
  const isOn = (index: number) => days.some((weekday) => WEEKDAYS.indexOf(weekday) === index);
  if (to > from) return isOn(day) && minute >= from && minute < to;
  return (isOn(day) && minute >= from) || (isOn((day + 6) % 7) && minute < to);
}
