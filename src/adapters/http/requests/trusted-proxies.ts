import { type BlockList, isIPv6 } from 'node:net';
import type { MiddlewareHandler } from 'hono/types';
import type { Env, RequestContext } from '../env.ts';

type ForwardedHeader = 'x-forwarded-for' | 'x-forwarded-host' | 'x-forwarded-proto';

/** Trusts the `X-Forwarded-*` headers of these proxies. Without this middleware none are trusted or even parsed. */
export function trustProxies(trusted: BlockList): MiddlewareHandler<Env> {
  return (c, next) => {
    c.set('trustedProxies', trusted);
    return next();
  };
}

export function isTrusted(c: RequestContext, address: string): boolean {
  return c.get('trustedProxies')?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true;
}

/** The entries of the header, that of the nearest proxy first. The caller decides whether to trust them. */
export function* asSeenBy(c: RequestContext, header: ForwardedHeader): Iterable<string> {
  const list = c.req.header(header) ?? '';
  for (let end = list.length; end > 0; ) {
    const comma = list.lastIndexOf(',', end - 1);
    const entry = list.slice(comma + 1, end).trim();
    if (entry !== '') yield entry;
    end = comma;
  }
}
