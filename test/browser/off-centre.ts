import type { Page } from 'playwright-core';

/** How far the middle of a row is from the middle of the log, in pixels. */
export const offCentre = (page: Page, position: number) =>
  page.evaluate<number>(`(() => {
    const middle = ({ top, height }) => top + height / 2;
    const row = document.querySelector('article[data-position="${position}"]').getBoundingClientRect();
    return Math.abs(middle(row) - middle(document.querySelector('.log').getBoundingClientRect()));
  })()`);
