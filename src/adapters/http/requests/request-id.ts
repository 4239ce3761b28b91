import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { isTrusted } from './trusted-proxies.ts';

const GIVEN = /^[\w.:-]{1,64}$/;

/** The id of a request in the log and in answers: the one that a trusted proxy sent, or a random one. */
export function requestId(c: RequestContext): string {
  const known = c.get('requestId');
  if (known !== undefined) return known;
  const given = c.req.header('x-request-id');
  const isKept = given !== undefined && GIVEN.test(given) && isTrusted(c, peerAddress(c));
  const id = isKept ? given : randomBytes(9).toString('base64url');
  c.set('requestId', id);
  return id;
}
