const DAY_MS = 86_400_000;

let day = Number.NaN;
/** The day's date, as in `2026-03-01T`. */
let date = '';

/** RFC 3339 in UTC, as `toISOString` says it, which takes more time than rendering the message does. */
export function timestamp(ms: number): string {
  const dayOfMs = Math.floor(ms / DAY_MS);
  if (dayOfMs !== day) {
    date = new Date(ms).toISOString().slice(0, -TIME_LENGTH);
    day = dayOfMs;
  }
  const ofDay = ms - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${date}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${three(ofDay % 1000)}Z`;
}

const TIME_LENGTH = '00:00:00.000Z'.length;
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

const two = (number: number): string => TWO[number] ?? '';
const three = (number: number): string => THREE[number] ?? '';
