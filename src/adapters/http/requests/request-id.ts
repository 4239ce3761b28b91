import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { isTrusted } from './trusted-proxies.ts';

const GIVEN = /^[\w.:-]{1,64}$/;

/** Names a request where it is spoken of, in the log and to who sent it: as a trusted proxy named it, or by chance. */
export function requestId(c: RequestContext): string {
  const known = c.get('requestId');
  if (known !== undefined) return known;
  const given = c.req.header('x-request-id');
  const isKept = given !== undefined && GIVEN.test(given) && isTrusted(c, peerAddress(c));
  const id = isKept ? given : randomBytes(9).toString('base64url');
  c.set('requestId', id);
  return id;
}
