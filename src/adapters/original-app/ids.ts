/**
 * Assigns numeric ids. A valid id stays, so that links remain valid; the others get the numbers above the largest, in order. Of
 * several rows with one id, the first keeps it.
 */
export function newIds(originals: readonly (string | null)[], max: number): readonly number[] {
  const taken = new Set<number>();
  const kept = originals.map((id) => {
    const number = /^[1-9]\d{0,9}$/.test(id ?? '') ? Number(id) : Number.NaN;
    if (!(number <= max) || taken.has(number)) return undefined;
    taken.add(number);
    return number;
  });
  let last = 0;
  for (const number of taken) last = Math.max(last, number);
  return kept.map((number) => {
    if (number !== undefined) return number;
    last += 1;
    return last;
  });
}
