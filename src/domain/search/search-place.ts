import type { Branded } from '../ids.ts';

/** The place of a message among all that are searched, by the time at which it was sent. */
export type SearchPlace = Branded<number, 'SearchPlace'>;

/** Messages of one millisecond that have places of their own. Times up to the year 2109 stay exact numbers. */
const PER_MILLISECOND = 2_048;

/** The first place of a moment (ms since 1970). */
export const placeAt = (moment: number): SearchPlace =>
  Math.min(Math.max(moment, 0) * PER_MILLISECOND, Number.MAX_SAFE_INTEGER) as SearchPlace;

/** The place that a message takes, or the next one that is free. */
export const usualPlace = ({ sentAt, position }: { readonly sentAt: number; readonly position: number }): SearchPlace =>
  (placeAt(sentAt) + (position % PER_MILLISECOND)) as SearchPlace;
