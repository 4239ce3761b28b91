import { localFormat, onNewTimeZone } from './time-zone.ts';

/** The day of a moment in the reader's time zone, as in `2026-03-01`. */
export function dayOf(moment: Date): string {
  const month = String(moment.getMonth() + 1).padStart(2, '0');
  return `${moment.getFullYear()}-${month}-${String(moment.getDate()).padStart(2, '0')}`;
}

export function dayLabel(day: string, now: Date): string {
  if (day === dayOf(now)) return 'Today';
  if (day === dayOf(daysAfter(now, -1))) return 'Yesterday';
  return calendar(new Date(`${day}T12:00`));
}

/** Dispatches `change` when days or their names change: at midnight, also one that the machine slept through, and in another time zone. */
export const dayChanges = new EventTarget();

export function watchDays(): void {
  const changed = () => dayChanges.dispatchEvent(new Event('change'));
  let today = dayOf(new Date());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const now = new Date();
    if (dayOf(now) !== today) {
      today = dayOf(now);
      changed();
    }
    clearTimeout(timer);
    timer = setTimeout(look, daysAfter(now, 1).getTime() - now.getTime());
  };
  look();
  document.addEventListener('visibilitychange', look);
  onNewTimeZone(() => {
    changed();
    look();
  });
}

/** The beginning of a later day. With daylight saving time, days have 23 or 25 hours. */
export const daysAfter = (moment: Date, days: number): Date =>
  new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days);

const calendar = localFormat({ dateStyle: 'full' });
