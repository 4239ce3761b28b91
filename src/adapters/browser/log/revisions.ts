/**
 * The revision up to which everything has been seen, after one more message has come.
 *
 * Frames come in order of revision, so the latest one says it, with one exception: what the server sends again because
 * this client posted it again may overtake what was missed in between. Such a frame counts only when it is the next.
 */
export function seenAfter(seen: number, came: { readonly revision: number; readonly sentAgain: boolean }): number {
  if (came.sentAgain) return came.revision === seen + 1 ? came.revision : seen;
  return Math.max(seen, came.revision);
}
