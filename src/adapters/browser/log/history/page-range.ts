import { part } from '../../shell/part.ts';

/** The positions between which a page is complete, and whether there are messages beyond them. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

/** The part of the chat that the page came with. A page of the past, reached by a link, ends before the chat does. */
export function rangeOf(main: HTMLElement, revision: number): PageRange {
  const positions = [...main.querySelectorAll<HTMLElement>('article')].map(({ dataset }) => Number(dataset.position));
  const hasLater = 'past' in main.dataset;
  // The server draws the line only where no unread message is before the page.
  const first = main.querySelector('.unread-line') ? Number(main.dataset.read) + 1 : Number.POSITIVE_INFINITY;
  const hasEarlier = !part(main, '[data-way="earlier"]', HTMLElement).hidden;
  return {
    hasLater,
    hasEarlier,
    from: hasEarlier ? Math.min(positions[0] ?? 0, first) : 0,
    to: hasLater ? (positions.at(-1) ?? 0) : revision,
  };
}
