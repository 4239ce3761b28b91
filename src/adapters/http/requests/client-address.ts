import { isIP, SocketAddress } from 'node:net';
import type { RequestContext } from '../env.ts';
import { asSeenBy, isTrusted } from './trusted-proxies.ts';

/** The address where the request came over no network, or its connection is gone already. */
const UNKNOWN = 'unknown';

/**
 * The address of the client as far as it can be known: the peer, or behind trusted proxies the address that the outermost of
 * them saw. An IPv4 or IPv6 address in its canonical form, without port and zone, or `unknown`.
 */
export function clientAddress(c: RequestContext): string {
  let address = peerAddress(c);
  if (!isTrusted(c, address)) return address;
  // Each proxy appends the address that it saw. Whatever stands before the first untrusted address may be invented.
  for (const seen of asSeenBy(c, 'x-forwarded-for')) {
    const parsed = canonicalAddress(withoutPort(seen));
    if (parsed === undefined) return address;
    address = parsed;
    if (!isTrusted(c, address)) return address;
  }
  return address;
}

/** The key under which a client is counted: an IPv4 address, or the /64 that one IPv6 subscriber has. */
export const clientAddressKey = (c: RequestContext): string => addressKey(clientAddress(c));

/** By what guesses of a client are counted: its address, and the larger network around it. */
export function guessPlace(c: RequestContext): { readonly address: string; readonly network: string } {
  const address = clientAddress(c);
  return { address: addressKey(address), network: networkKey(address) };
}

export function addressKey(address: string): string {
  return address.includes(':') ? `${leadingGroups(address, 4)}::/64` : address;
}

/**
 * The network of an address, all of which one person may have: the /24 of IPv4, the /48 of IPv6, which providers assign to a
 * single customer.
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

/** An IPv4 address at the end stands for two groups. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
}

/** The address of the connection itself. */
export function peerAddress(c: RequestContext): string {
  const bindings: Partial<RequestContext['env']> | undefined = c.env;
  const address = bindings?.incoming?.socket?.remoteAddress;
  return canonicalAddress(address ?? '') ?? UNKNOWN;
}

/** Undefined for a text that is not an address. An IPv4 address that is written as IPv6 becomes IPv4. */
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
