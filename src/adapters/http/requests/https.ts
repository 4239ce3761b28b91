import type { RequestContext } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { asSeenBy, isTrusted } from './trusted-proxies.ts';

/** Whether the browser uses HTTPS: the public origin says so, or a trusted proxy says it of this request. */
export function isHttps(c: RequestContext, publicOrigin: string | undefined): boolean {
  if (publicOrigin?.startsWith('https:')) return true;
  if (!c.get('trustedProxies') || !isTrusted(c, peerAddress(c))) return false;
  const [proto] = asSeenBy(c, 'x-forwarded-proto');
  return proto?.toLowerCase() === 'https';
}
