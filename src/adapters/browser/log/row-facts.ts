import type { Utterance } from '../../wire/grouping.ts';
import { dayOf } from './times/local-days.ts';

/** Rows of stored messages have no state; the others are pending posts. */
export const isStored = (row: HTMLElement): boolean => row.dataset.state === undefined;

export const positionOf = (row: HTMLElement): number => Number(row.dataset.position);

/** The revision of the message's last change. The attribute is left out where that is its post. */
export const revisionOf = (row: HTMLElement): number => Number(row.dataset.revision ?? row.dataset.position);

/** What a row says about its message, whether the server or the browser rendered it. */
export function utteranceOf(row: HTMLElement): Utterance {
  const sentAt = new Date(row.querySelector('time')?.dateTime ?? Number.NaN);
  return {
    kind: row.classList.contains('notice') ? 'notice' : 'text',
    authorId: Number(row.dataset.authorId),
    sentAt: sentAt.getTime(),
    day: dayOf(sentAt),
    isReply: row.querySelector('.quote') !== null,
  };
}
