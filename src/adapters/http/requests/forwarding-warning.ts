import type { MiddlewareHandler } from 'hono/types';
import type { Log } from '../../../application/ports/log.ts';
import type { Env } from '../env.ts';
import { peerAddress } from './client-address.ts';
import { isTrusted } from './trusted-proxies.ts';

const HEADERS = ['x-forwarded-for', 'forwarded'] as const;

/**
 * Warns once when a request names another client and comes from a peer that is not trusted. Either a client made it up, or a
 * proxy is missing from the configuration; then everyone behind that proxy shares one address and its limits.
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
        `${header} came from ${address}, which is not trusted. If that is your proxy, set TRUSTED_PROXIES=${address}: until then everyone behind it counts as one address`,
      );
    }
    return next();
  };
}
