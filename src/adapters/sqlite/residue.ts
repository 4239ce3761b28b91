/** Bytes of a page, from `start` up to `end`, that hold nothing that SQLite will read. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The kinds of pages that hold rows, by their first byte, with the length of their header. */
const HEADER_LENGTHS: ReadonlyMap<number, number> = new Map([
  [2, 12],
  [5, 12],
  [10, 8],
  [13, 8],
]);
const FREE_BLOCK_HEADER = 4;

/**
 * What a page holds of rows that are not in it any more. SQLite overwrites the rows that it deletes, where it is told to, but
 * not what it leaves behind when it moves rows to other pages to balance its tree. Such a copy lies between the cell pointers and
 * the cells, or in a free block, where nothing but zeros need be (https://www.sqlite.org/fileformat2.html#b_tree_pages).
 * Empty for a page that is not one of a tree to the last detail.
 * @param usable the bytes of a page that SQLite uses
 */
export function residueIn(
  page: Buffer,
  { isFirst, usable }: { readonly isFirst: boolean; readonly usable: number },
): readonly Range[] {
  const header = isFirst ? 100 : 0;
  const length = HEADER_LENGTHS.get(page[header] ?? 0);
  if (length === undefined) return [];
  const cells = page.readUInt16BE(header + 3);
  const pointers = header + length;
  // Zero stands for what 16 bits cannot hold.
  const content = page.readUInt16BE(header + 5) || 65_536;
  const gap = { start: pointers + 2 * cells, end: content };
  if (gap.start > gap.end || content > usable) return [];
  for (let cell = 0; cell < cells; cell += 1) {
    const at = page.readUInt16BE(pointers + 2 * cell);
    if (at < content || at >= usable) return [];
  }
  const free = freeBlocks(page, { first: page.readUInt16BE(header + 1), content, usable });
  return free ? [gap, ...free].filter(({ start, end }) => !isZero(page.subarray(start, end))) : [];
}

/** What is free within each block; undefined where they are not a chain of blocks in rising order. */
function freeBlocks(
  page: Buffer,
  { first, content, usable }: { readonly first: number; readonly content: number; readonly usable: number },
): readonly Range[] | undefined {
  const found: Range[] = [];
  let earliest = content;
  for (let block = first; block !== 0; block = page.readUInt16BE(block)) {
    if (block < earliest || block + FREE_BLOCK_HEADER > usable) return undefined;
    const size = page.readUInt16BE(block + 2);
    if (size < FREE_BLOCK_HEADER || block + size > usable) return undefined;
    found.push({ start: block + FREE_BLOCK_HEADER, end: block + size });
    earliest = block + size;
  }
  return found;
}

const ZEROS = Buffer.alloc(65_536);

const isZero = (bytes: Buffer): boolean => bytes.equals(ZEROS.subarray(0, bytes.length));
