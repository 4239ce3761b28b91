const DAY = 86_400_000;
/** The last moment that RFC 3339 can represent. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The value as milliseconds since 1970, or undefined when it is unreadable. Readable are numbers of seconds, milliseconds,
 * microseconds or nanoseconds (distinguished by their size), Julian days, `2024-05-01 12:34:56` with or without `T`, fraction and
 * offset, and the dates of e-mails. A time without an offset is UTC, as in SQLite.
 */
export function moment(value: unknown): number | undefined {
  const ms =
    typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value.trim()) : undefined;
  return ms !== undefined && ms >= 0 && ms <= LAST ? Math.floor(ms) : undefined;
}

/** Seconds reach 10^11 in the year 5138; milliseconds, microseconds and nanoseconds passed these bounds in 1973. */
function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (!Number.isInteger(value) && value > 2_400_000 && value < 2_500_000) return (value - 2_440_587.5) * DAY;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1_000_000;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?\s*(?:Z|UTC|GMT|([+-])(\d\d):?(\d\d)?(?::?\d\d)?)?(?:\s*UTC)?)?$/i;
const EMAIL = /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|[+-]\d{4})$/i;

function fromText(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromNumber(Number(text));
  if (EMAIL.test(text)) return Date.parse(text) || undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', sign, hours = '0', minutes = '0'] =
    ISO.exec(text) ?? [];
  if (year === undefined || Number(year) < 1970 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60)
    return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // `Date.UTC` would turn a day that the month does not have into one of the next month.
  if (new Date(midnight).getUTCDate() !== Number(day) || Number(month) < 1 || Number(month) > 12) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  return midnight + (seconds - offset) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}
