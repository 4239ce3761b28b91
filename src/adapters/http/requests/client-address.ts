import { isIP, SocketAddress } from 'node:net';
import type { RequestContext } from '../env.ts';
import { asSeenBy, isTrusted } from './trusted-proxies.ts';

/** Where the request has no network beneath it, or its connection is gone already. */
const UNKNOWN = 'unknown';

/**
 * Who is asking, as far as that can be known: the peer, or behind trusted proxies whoever the outermost of them saw. An IPv4
 * or IPv6 address in its one canonical form, without port and zone, or `unknown`.
 */
export function clientAddress(c: RequestContext): string {
  let address = peerAddress(c);
  if (!isTrusted(c, address)) return address;
  // Each proxy appends whom it saw. What stands left of the first that is not ours may be invented.
  for (const seen of asSeenBy(c, 'x-forwarded-for')) {
    const parsed = canonicalAddress(withoutPort(seen));
    if (parsed === undefined) return address;
    address = parsed;
    if (!isTrusted(c, address)) return address;
  }
  return address;
}

/** What is counted under one name: an IPv4 address, or the /64 that one IPv6 subscriber has for himself. */
export const clientAddressKey = (c: RequestContext): string => addressKey(clientAddress(c));

export function addressKey(address: string): string {
  return address.includes(':') ? `${leadingGroups(address, 4)}::/64` : address;
}

/**
 * The network that an address is in, which may be all one person's: the /24 of IPv4, the /48 of IPv6, which providers hand out
 * to a single customer.
 */
export function networkKey(address: string): string {
  if (address.includes(':')) return `${leadingGroups(address, 3)}::/48`;
  return address.includes('.') ? `${address.slice(0, address.lastIndexOf('.'))}.0/24` : address;
}

function leadingGroups(address: string, count: number): string {
  const [left = '', right] = address.split('::');
  const groups = groupsOf(left);
  if (right !== undefined) {
    const after = groupsOf(right);
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups.slice(0, count).join(':');
}

/** The address of the connection itself. */
export function peerAddress(c: RequestContext): string {
  const bindings: Partial<RequestContext['env']> | undefined = c.env;
  const address = bindings?.incoming?.socket?.remoteAddress;
  return canonicalAddress(address ?? '') ?? UNKNOWN;
}

/** Undefined when it is none. IPv4 that is written as IPv6 is IPv4. */
export function canonicalAddress(text: string): string | undefined {
  const family = isIP(text);
  if (family === 4) return text;
  if (family !== 6) return undefined;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const mapped = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : '';
  return isIP(mapped) === 4 ? mapped : address;
}

/** Some proxies write `192.0.2.1:4711`, `[2001:db8::1]` or `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$/.exec(text) ?? [];
  return bracketed ?? dotted ?? text;
}

/** An IPv4 address at the end takes the room of two. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
}
