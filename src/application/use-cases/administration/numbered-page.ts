import type { Range } from '../../ports/overview.ts';

const PAGE = 50;

export interface NumberedPage<Item> {
  readonly items: readonly Item[];
  /** The number of the next page; undefined on the last page. */
  readonly next: number | undefined;
}

/** @param page the first one is 1 */
export async function pageOf<Item>(
  page: number,
  read: (range: Range) => Promise<readonly Item[]>,
): Promise<NumberedPage<Item>> {
  const found = await read({ offset: (page - 1) * PAGE, limit: PAGE + 1 });
  return { items: found.slice(0, PAGE), next: found.length > PAGE ? page + 1 : undefined };
}
