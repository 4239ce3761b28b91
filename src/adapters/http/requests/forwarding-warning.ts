import type { MiddlewareHandler } from 'hono/types';
import type { Log } from '../../../application/ports/log.ts';
import type { Env } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { isTrusted } from './trusted-proxies.ts';

const HEADERS = ['x-forwarded-for', 'forwarded'] as const;

/**
 * Warns once, when a request names another caller and comes from a peer that is not trusted to. That is a client that makes it
 * up, or a proxy that is not configured: then everybody behind it shares one address, and all limits of one address.
 */
export function warnOfForwarding({ log }: { readonly log: Log }): MiddlewareHandler<Env> {
  let hasWarned = false;
  return (c, next) => {
    const header = hasWarned ? undefined : HEADERS.find((name) => c.req.header(name) !== undefined);
    const address = header && peerAddress(c);
    if (address !== undefined && !isTrusted(c, address)) {
      hasWarned = true;
      log.warn(
        { event: 'forwarding_not_trusted', address, header },
        `${header} came from ${address}, which is not trusted. If that is your proxy, set TRUSTED_PROXIES=${address}: until then everybody behind it counts as one address`,
      );
    }
    return next();
  };
}
