import { type LookupAddress, lookup } from 'node:dns';
import { type BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { isPublicAddress } from './public-addresses.ts';

/** The error of a connection that the guard does not allow. Nothing was sent, and no connection was opened. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** Decides to which addresses the server connects when a member chose the URL. */
export interface AddressGuard {
  /**
   * Checks scheme, port, and the host where it is an address: these are not looked up. To be asked again for each redirect.
   * @returns for the options of a request to this URL: looks its name up, and fails with ForbiddenAddress unless all of its addresses are
   * allowed. The request connects to one of those that were checked, so that a name cannot change in between.
   * @throws ForbiddenAddress
   */
  admit(url: URL): LookupFunction;
}

/** All addresses of a name. It rejects where there are none. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface GuardOptions {
  /** Subnets that are allowed too, on every port: those that the operator names, or that a test listens on. */
  readonly extra?: BlockList | undefined;
  /** Whether `http:` is allowed everywhere. Without, it is only for literal addresses of `extra`. */
  readonly allowsHttp?: boolean;
  readonly resolve?: Resolve;
  /** By scheme, as URLs have them. */
  readonly ports?: Readonly<Record<string, readonly string[]>>;
}

/** Of public addresses. On others, a member could try the services of strangers through the server. */
const PORTS: NonNullable<GuardOptions['ports']> = { 'https:': ['', '8443'], 'http:': ['', '8080'] };

const lookUp = promisify(lookup);

/** As other programs of this machine do. It occupies one of four threads while it waits. */
const bySystem: Resolve = (hostname) => lookUp(hostname, { all: true });

/** Allows public unicast addresses on the usual ports. */
export function makeAddressGuard(options: GuardOptions = {}): AddressGuard {
  const { extra, allowsHttp = false, resolve = bySystem, ports = PORTS } = options;
  const isExtra = (address: string) => extra?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true;

  return {
    admit({ protocol, hostname, port, username, password }) {
      const address = hostname.replace(/^\[(.*)\]$/, '$1');
      const isUsualPort = ports[protocol]?.includes(port) === true;
      const isAllowed = (one: string) => (isUsualPort && isPublicAddress(one)) || isExtra(one);
      if (username !== '' || password !== '') throw new ForbiddenAddress('A URL with a user name is not used.');
      const isOwnHttp = protocol === 'http:' && (allowsHttp || (isIP(address) !== 0 && isExtra(address)));
      if (protocol !== 'https:' && !isOwnHttp) throw new ForbiddenAddress('URLs of this scheme are not used.');
      if (isIP(address) !== 0 && !isAllowed(address)) throw new ForbiddenAddress('The address is not allowed.');
      if (!isUsualPort && !extra) throw new ForbiddenAddress('URLs with this port are not used.');
      return checkedLookup(resolve, isAllowed);
    },
  };
}

function checkedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isAllowed(address)))
          return callback(new ForbiddenAddress('The name has an address that is not allowed.'), '');
        if (options.all) return callback(null, [...addresses]);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
