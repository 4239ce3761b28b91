import type { RequestContext } from '../env.ts';

const LONGEST = 200;

let last = { claimed: '', origin: '' };

/** The `Origin` header as it may be written down: only an origin, or `null`, or that it was none. */
export function claimedOrigin(c: RequestContext): string | undefined {
  const claimed = c.req.header('origin');
  if (claimed === undefined || claimed === 'null') return claimed;
  // Sockets of one site keep the same string, not one each.
  if (claimed !== last.claimed) last = { claimed, origin: originIn(claimed) };
  return last.origin;
}

function originIn(claimed: string): string {
  const isOrigin = claimed.length <= LONGEST && URL.canParse(claimed);
  return isOrigin ? new URL(claimed).origin : 'invalid';
}
