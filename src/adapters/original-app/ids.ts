/**
 * Numbers for what is carried over, by what it was known as. A number that can stay does, so that addresses and links stay
 * good; the others get those after the largest, in their order. The first of several with one id has it.
 */
export function newIds(originals: readonly (string | null)[], largest: number): readonly number[] {
  const taken = new Set<number>();
  const kept = originals.map((id) => {
    const number = /^[1-9]\d{0,9}$/.test(id ?? '') ? Number(id) : Number.NaN;
    if (!(number <= largest) || taken.has(number)) return undefined;
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
