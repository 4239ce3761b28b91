import { DomainError } from '../errors.ts';

/** Six hours. */
export const MAX_SLOW_SECONDS = 21_600;

/** What the slow mode of a chat knows of an author. */
export interface SlowMode {
  /** Shortest time between two posts of a member. */
  readonly seconds: number;
  /** When the author posted last while the chat was slow, in milliseconds since 1970. */
  readonly lastPostAt: number | undefined;
}

/**
 * Seconds between two posts; 0 for no slow mode.
 * @throws DomainError `invalid_slow_mode`
 */
export function slowSeconds(input: number): number {
  if (!Number.isInteger(input) || input < 0 || input > MAX_SLOW_SECONDS)
    throw new DomainError('invalid_slow_mode', `Slow mode is 0 to ${MAX_SLOW_SECONDS} seconds; 0 turns it off.`);
  return input;
}

/** @throws DomainError `slow_mode` with the time to wait */
export function assertNotTooEarly({ seconds, lastPostAt }: SlowMode, now: number): void {
  if (lastPostAt === undefined) return;
  // A clock that was set back makes nobody wait for longer than the slow mode.
  const wait = Math.min(lastPostAt - now, 0) + seconds * 1_000;
  if (wait <= 0) return;
  const detail = `Slow mode: you can write again in ${durationWords(Math.ceil(wait / 1_000))}.`;
  throw new DomainError('slow_mode', detail, { retryAfterMs: wait });
}

/** “45 seconds”, “2 minutes”, “1 hour”; what is not whole is given in seconds. */
export function durationWords(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const UNITS = [
  [3_600, 'hour'],
  [60, 'minute'],
] as const;
