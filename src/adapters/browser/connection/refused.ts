import type { Refused } from './close-codes.ts';

const NETWORK_AUTHENTICATION_REQUIRED = 511;

/**
 * Why the server did not do what a request asked for, as far as this page must act on it. Something in between, such as a
 * sign-on that has expired, answers by a redirect or by a page of its own: our server gives programs JSON and nothing else.
 * @param response of a request with `redirect: 'manual'`
 */
export function refusedBy({ type, status, headers }: Response): Refused | undefined {
  if (type === 'opaqueredirect' || status === NETWORK_AUTHENTICATION_REQUIRED) return 'intercepted';
  const isOurs = OURS.test(headers.get('content-type') ?? '');
  if (!isOurs) return status < 400 || status === 401 || status === 403 ? 'intercepted' : undefined;
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-a-member';
  return status === 429 ? 'turned-away' : undefined;
}

const OURS = /^(?:application\/(?:problem\+)?json|text\/event-stream)\b/i;
