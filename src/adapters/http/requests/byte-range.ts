import type { ByteRange } from '../../../application/ports/blobs.ts';
import type { RequestContext } from '../env.ts';

/** What a request asks for: everything, a part, or a part that is not there. */
export type Extent = 'all' | 'unsatisfiable' | ByteRange;

/**
 * Several ranges, other units and what is malformed count as no range, which RFC 9110 leaves to the server. With `If-Range` a range counts
 * only as long as the file is the one that it names.
 */
export function extentIn(
  c: RequestContext,
  { etag, bytes }: { readonly etag: string; readonly bytes: number },
): Extent {
  const range = c.req.header('range');
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'all';
  const condition = c.req.header('if-range');
  if (condition !== undefined && condition.trim() !== etag) return 'all';
  if (from === '') {
    const length = Math.min(Number(to), bytes);
    return length === 0 ? 'unsatisfiable' : { first: bytes - length, last: bytes - 1 };
  }
  const [first, last] = [Number(from), to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)];
  if (to !== '' && Number(to) < first) return 'all';
  return first >= bytes ? 'unsatisfiable' : { first, last };
}

/** Whether the client has the file already. */
export function hasIt(c: RequestContext, etag: string): boolean {
  const condition = c.req.header('if-none-match');
  if (condition === undefined) return false;
  return condition.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
