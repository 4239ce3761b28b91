const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has the day, as in `2026-11-29`. */
export function isDay(text: string): boolean {
  const [year, month, day] = numbersOf(text);
  return year > 0 && day >= 1 && day <= daysIn(year, month);
}

/** The next day of the calendar. */
export function dayAfter(day: string): string {
  const [year, month, number] = numbersOf(day);
  if (number < daysIn(year, month)) return written(year, month, number + 1);
  return month < 12 ? written(year, month + 1, 1) : written(year + 1, 1, 1);
}

function numbersOf(text: string): readonly [year: number, month: number, day: number] {
  const [, year = 0, month = 0, day = 0] = (DAY.exec(text) ?? []).map(Number);
  return [year, month, day];
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
}

const written = (year: number, month: number, day: number): string =>
  `${`${year}`.padStart(4, '0')}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`;
