import { BlockList, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ForbiddenAddress, type GuardOptions, makeAddressGuard } from '../../src/adapters/outbound/address-guard.ts';
import { FORBIDDEN, FORBIDDEN_NAMES, PUBLIC } from './spellings.ts';

const guard = makeAddressGuard();

const admit = (url: string, using = guard) => using.admit(new URL(url));

function lookUp(hostname: string, options?: GuardOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    admit(`https://${hostname}/`, makeAddressGuard(options))(hostname, {}, (error, address) =>
      error ? reject(error) : resolve(String(address)),
    );
  });
}

const answering =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

describe('the guard of addresses that members choose', () => {
  it.each(FORBIDDEN)('does not allow %s', (host) => {
    expect(() => admit(`https://${host}/x`)).toThrow(ForbiddenAddress);
  });

  it.each(PUBLIC)('allows %s', (host) => {
    expect(() => admit(`https://${host}/x`)).not.toThrow();
  });

  it.each([
    'http://8.8.8.8/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'https://user@8.8.8.8/',
    'https://:word@8.8.8.8/',
    'https://127.0.0.1@8.8.8.8/',
    'https://8.8.8.8:22/',
    'https://example.com:25/',
    'https://8.8.8.8:80/',
  ])('does not allow %s', (url) => expect(() => admit(url)).toThrow(ForbiddenAddress));

  it.each(['https://8.8.8.8:443/', 'https://8.8.8.8:8443/'])('allows %s', (url) =>
    expect(() => admit(url)).not.toThrow(),
  );

  it('allows http where it is told to, on two ports', () => {
    const both = makeAddressGuard({ allowsHttp: true });
    for (const port of ['', ':80', ':8080']) expect(() => admit(`http://8.8.8.8${port}/`, both)).not.toThrow();
    for (const port of [':443', ':8443', ':22', ':6379'])
      expect(() => admit(`http://8.8.8.8${port}/`, both)).toThrow(ForbiddenAddress);
    expect(() => admit('http://127.0.0.1/', both)).toThrow(ForbiddenAddress);
  });

  it.each(['localhost', 'LOCALHOST'])('does not allow the name %s, whose address is not public', async (name) => {
    await expect(lookUp(name)).rejects.toThrow(ForbiddenAddress);
  });

  it.each(Object.entries(FORBIDDEN_NAMES))('does not allow the name %s for %j', async (name, addresses) => {
    await expect(lookUp(name, { resolve: answering(...addresses) })).rejects.toThrow(ForbiddenAddress);
  });

  it('answers the addresses that it checked, and no others', async () => {
    const resolve = answering('8.8.8.8', '2606:4700::1111');
    expect(await lookUp('public.example', { resolve })).toBe('8.8.8.8');
    const lookup = admit('https://public.example/', makeAddressGuard({ resolve }));
    const all = await new Promise((done) => lookup('public.example', { all: true }, (_error, found) => done(found)));
    expect(all).toEqual(await resolve());
  });

  it('allows the subnets that the operator names, without TLS too, on every port', async () => {
    const extra = new BlockList();
    extra.addSubnet('127.0.0.0', 8, 'ipv4');
    extra.addAddress('::1', 'ipv6');
    const wider = makeAddressGuard({ extra });

    expect(() => admit('http://127.0.0.1:9000/x', wider)).not.toThrow();
    expect(() => admit('https://[::1]/x', wider)).not.toThrow();
    expect(() => admit('http://10.0.0.1/x', wider)).toThrow(ForbiddenAddress);
    expect(() => admit('http://8.8.8.8/x', wider)).toThrow(ForbiddenAddress);
    expect(() => admit('https://8.8.8.8:9000/x', wider)).toThrow(ForbiddenAddress);
    expect(['127.0.0.1', '::1']).toContain(await lookUp('localhost', { extra }));
    await expect(lookUp('public.example:9000', { extra, resolve: answering('8.8.8.8') })).rejects.toThrow(
      ForbiddenAddress,
    );
  });
});
