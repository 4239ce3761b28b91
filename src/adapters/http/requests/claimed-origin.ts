import type { RequestContext } from '../env.ts';

const MAX_LENGTH = 200;

/** The `Origin` header in a form that is safe to log: an origin, `null`, or `invalid`. */
export function claimedOrigin(c: RequestContext): string | undefined {
  const claimed = c.req.header('origin');
  if (claimed === undefined || claimed === 'null') return claimed;
  const isOrigin = claimed.length <= MAX_LENGTH && URL.canParse(claimed);
  return isOrigin ? new URL(claimed).origin : 'invalid';
}
