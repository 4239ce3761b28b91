import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono/types';
import { DomainError } from '../../../domain/errors.ts';
import type { Env } from '../env.ts';
import { clientAddressKey, peerAddress } from '../requests/client-address.ts';
import { isTrusted } from '../requests/trusted-proxies.ts';

const RETRY_AFTER_MS = 5_000;

/**
 * Limits the requests of one client that are under way at the same time behind a trusted proxy. All clients share the proxy's
 * connections there, so that the limit on connections per address cannot tell them apart.
 */
export function limitRequestsPerClient(max: number): MiddlewareHandler<Env> {
  const underWay = new Map<string, number>();

  return async (c, next) => {
    if (!isTrusted(c, peerAddress(c))) return next();
    // Undefined where a request comes without a network.
    const { outgoing }: Partial<HttpBindings> = c.env;
    // A connection that is gone already does not tell of its end again.
    if (!outgoing || outgoing.destroyed) return next();
    const client = clientAddressKey(c);
    const count = underWay.get(client) ?? 0;
    if (count >= max) {
      const detail = 'Your address has as many requests under way as there may be. Wait for some and try again.';
      throw new DomainError('too_many_requests', detail, { retryAfterMs: RETRY_AFTER_MS });
    }
    underWay.set(client, count + 1);
    outgoing.once('close', () => {
      const left = (underWay.get(client) ?? 0) - 1;
      if (left > 0) underWay.set(client, left);
      else underWay.delete(client);
    });
    return next();
  };
}
