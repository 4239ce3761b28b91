import type { RequestContext } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { asSeenBy, isTrusted } from './trusted-proxies.ts';

/** Where people reach the site: as configured, else as the page that asks says where that can be, else as was asked for. */
export function ourOrigin(c: RequestContext, publicOrigin: string | undefined): string {
  if (publicOrigin) return publicOrigin;
  const claimed = c.req.header('origin');
  return claimed !== undefined && isOfAskedHost(c, claimed) ? claimed : askedUrl(c).origin;
}

/** Behind a proxy that ends TLS the schemes differ, so only hosts are compared. */
export function isOfAskedHost(c: RequestContext, origin: string): boolean {
  return /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).host === askedHost(c);
}

export function askedHost(c: RequestContext): string {
  return askedUrl(c).host;
}

/** What was asked for, before a trusted proxy passed it on under another host or scheme. */
function askedUrl(c: RequestContext): URL {
  const url = new URL(c.req.url);
  if (!c.get('trustedProxies') || !isTrusted(c, peerAddress(c))) return url;
  const [proto] = asSeenBy(c, 'x-forwarded-proto');
  const [host] = asSeenBy(c, 'x-forwarded-host');
  const asked = `${proto === 'https' || proto === 'http' ? proto : url.protocol.slice(0, -1)}://${host ?? url.host}`;
  return URL.canParse(asked) && new URL(asked).href === `${new URL(asked).origin}/` ? new URL(asked) : url;
}
