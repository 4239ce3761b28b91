import type { RequestContext } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { asSeenBy, isTrusted } from './trusted-proxies.ts';

/** The origin of the site: the configured one; else the request's `Origin`, if its host is the requested one; else that host. */
export function ourOrigin(c: RequestContext, publicOrigin: string | undefined): string {
  if (publicOrigin) return publicOrigin;
  const claimed = c.req.header('origin');
  return claimed !== undefined && isOfAskedHost(c, claimed) ? claimed : askedUrl(c).origin;
}

/** Compares only the hosts: behind a proxy that terminates TLS the schemes differ. */
export function isOfAskedHost(c: RequestContext, origin: string): boolean {
  return /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).host === askedHost(c);
}

export function askedHost(c: RequestContext): string {
  return askedUrl(c).host;
}

/** The requested URL, before a trusted proxy forwarded it with another host or scheme. */
function askedUrl(c: RequestContext): URL {
  const url = new URL(c.req.url);
  if (!c.get('trustedProxies') || !isTrusted(c, peerAddress(c))) return url;
  const [proto] = asSeenBy(c, 'x-forwarded-proto');
  const [host] = asSeenBy(c, 'x-forwarded-host');
  const asked = `${proto === 'https' || proto === 'http' ? proto : url.protocol.slice(0, -1)}://${host ?? url.host}`;
  return URL.canParse(asked) && new URL(asked).href === `${new URL(asked).origin}/` ? new URL(asked) : url;
}
