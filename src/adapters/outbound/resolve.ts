import { Resolver } from 'node:dns/promises';
import type { Resolve } from './address-guard.ts';

const TIMEOUT_MS = 2_000;

/**
 * Asks the name servers itself. A name whose server does not answer occupies none of the threads that files and passwords need, as the
 * resolver of the system would: members choose these names.
 */
export function makeResolve(): Resolve {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
    return addresses;
  };
}
