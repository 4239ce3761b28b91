import { type LookupAddress, lookup } from 'node:dns';
import { type BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-addresses.ts';

/** The error of a connection that the guard does not allow. Nothing was sent, and no connection was opened. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** Decides to which addresses the server connects when a member chose the URL. */
export interface AddressGuard {
  /**
   * Checks the scheme, and the host where it is an address: these are not looked up.
   * @throws ForbiddenAddress
   */
  assertAllowed(url: URL): void;
  /** For the options of a request: looks a name up, and fails with ForbiddenAddress unless all of its addresses are allowed. */
  readonly lookup: LookupFunction;
}

/**
 * Allows public unicast addresses over HTTPS.
 * @param extra subnets that the operator allows too, without TLS as well
 */
export function makeAddressGuard(extra: BlockList | undefined): AddressGuard {
  const isExtra = (address: string) => extra?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true;
  const isAllowed = (address: string) => isPublicAddress(address) || isExtra(address);

  return {
    assertAllowed({ protocol, hostname, username, password }) {
      const address = hostname.replace(/^\[(.*)\]$/, '$1');
      if (username !== '' || password !== '') throw new ForbiddenAddress('A URL with a user name is not used.');
      if (protocol !== 'https:' && !(protocol === 'http:' && isIP(address) !== 0 && isExtra(address)))
        throw new ForbiddenAddress('Only https URLs are used.');
      if (isIP(address) !== 0 && !isAllowed(address)) throw new ForbiddenAddress('The address is not public.');
    },

    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isAllowed(address)))
          return callback(new ForbiddenAddress('The name has an address that is not public.'), '');
        if (options.all) return callback(null, addresses as LookupAddress[]);
        callback(null, first.address, first.family);
      });
    },
  };
}
