import type { Utterance } from '../../wire/grouping.ts';
import { dayOf } from './local-days.ts';

/** Rows without a state are stored; the others are posts on their way. */
export const isStored = (row: HTMLElement): boolean => row.dataset.state === undefined;

export const positionOf = (row: HTMLElement): number => Number(row.dataset.position);

/** Of the message's last change; written where that is not its post. */
export const revisionOf = (row: HTMLElement): number => Number(row.dataset.revision ?? row.dataset.position);

/** What a row says about its message, whoever rendered it. */
export function utteranceOf(row: HTMLElement): Utterance {
  const sentAt = new Date(row.querySelector('time')?.dateTime ?? Number.NaN);
  return {
    kind: row.classList.contains('notice') ? 'notice' : 'text',
    authorId: Number(row.dataset.authorId),
    sentAt: sentAt.getTime(),
    day: dayOf(sentAt),
  };
}
