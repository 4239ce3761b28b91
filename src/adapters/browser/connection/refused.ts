import type { Refused } from './close-codes.ts';

const REQUEST_TIMEOUT = 408;
const TOO_EARLY = 425;
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const NETWORK_AUTHENTICATION_REQUIRED = 511;

const TEMPORARY: ReadonlySet<number> = new Set([REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS, UNAVAILABLE]);

/** Whether the same request may succeed in a moment, whoever answered it. */
export const isTemporary = ({ status }: Response): boolean => TEMPORARY.has(status);

/**
 * The reason why the server did not do what a request asked for, where it concerns the whole page. A sign-on in front of the
 * server answers with a redirect or with a page of its own; this server gives programs JSON or events, and nothing else.
 * @param response to a request with `redirect: 'manual'`
 */
export function refusedBy({ type, status, headers }: Response): Refused | undefined {
  if (type === 'opaqueredirect' || status === NETWORK_AUTHENTICATION_REQUIRED) return 'intercepted';
  const isOurs = OURS.test(headers.get('content-type') ?? '');
  if (!isOurs) return status < 400 || status === 401 || status === 403 ? 'intercepted' : undefined;
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-a-member';
  return status === TOO_MANY_REQUESTS ? 'turned-away' : undefined;
}

/** Why a socket was refused, as far as a plain request can tell. */
export async function whyRefused(path: string): Promise<Refused | undefined> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, redirect: 'manual' });
  return refusedBy(response) ?? (response.ok ? 'turned-away' : undefined);
}

const OURS = /^(?:application\/(?:problem\+)?json|text\/event-stream)\b/i;
