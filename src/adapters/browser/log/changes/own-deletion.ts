/** The server undoes a deletion for this long. */
export const RESTORABLE_FOR_MS = 60_000;

/**
 * When the reader, who deleted the message on whatever device, can no longer undo that; undefined for other rows, and where it is too
 * late. A browser whose clock is wrong by more than a minute finds no deletion of another device.
 */
export function restorableUntil(row: HTMLElement, readerId: number): number | undefined {
  const { deletedBy, deletedAt = '' } = row.dataset;
  const left = Date.parse(deletedAt) + RESTORABLE_FOR_MS - Date.now();
  if (Number(deletedBy) !== readerId || !(left > 0 && left <= 2 * RESTORABLE_FOR_MS)) return undefined;
  return Date.now() + Math.min(left, RESTORABLE_FOR_MS);
}
