import { isStored, positionOf } from './row-facts.ts';

/** Whether the neighbours of a row fit the position of its message. */
export function isInPlace(row: HTMLElement, position: number): boolean {
  const before = rowBeside(row, 'previousElementSibling');
  const after = rowBeside(row, 'nextElementSibling');
  return (
    (!before || (isStored(before) && positionOf(before) < position)) &&
    (!after || !isStored(after) || positionOf(after) > position)
  );
}

export function insertInOrder(rows: HTMLElement, row: HTMLElement, position: number): void {
  let earlier = rows.lastElementChild;
  while (earlier instanceof HTMLElement && !(earlier !== row && isStoredBefore(earlier, position))) {
    earlier = earlier.previousElementSibling;
  }
  if (earlier) earlier.after(row);
  else rows.prepend(row);
}

/** Whether the row is that of a stored message with an earlier position. */
const isStoredBefore = (row: HTMLElement, position: number): boolean =>
  row.matches('article') && isStored(row) && positionOf(row) < position;

type Side = 'previousElementSibling' | 'nextElementSibling';

function rowBeside(row: HTMLElement, side: Side): HTMLElement | undefined {
  let sibling = row[side];
  while (sibling && !sibling.matches('article')) sibling = sibling[side];
  return sibling instanceof HTMLElement ? sibling : undefined;
}
