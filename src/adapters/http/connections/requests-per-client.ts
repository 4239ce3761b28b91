import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono/types';
import { DomainError } from '../../../domain/errors.ts';
import type { Env } from '../env.ts';
import { clientAddressKey, peerAddress } from '../requests/client-address.ts';
import { isTrusted } from '../requests/trusted-proxies.ts';

const RETRY_AFTER_MS = 5_000;

/**
 * Limits the concurrent requests of one client behind a trusted proxy. The clients share the proxy's connections, so the limit
 * on connections per address cannot tell them apart.
 */
export function limitRequestsPerClient(max: number): MiddlewareHandler<Env> {
  const underWay = new Map<string, number>();

  return async (c, next) => {
    if (!isTrusted(c, peerAddress(c))) return next();
    // Undefined where a request comes over no network.
    const { outgoing }: Partial<HttpBindings> = c.env;
    // A connection that is already closed emits no further `close`.
    if (!outgoing || outgoing.destroyed) return next();
    const client = clientAddressKey(c);
    const count = underWay.get(client) ?? 0;
    if (count >= max) {
      const detail = 'Your address has too many requests in progress. Wait for them to finish and try again.';
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
