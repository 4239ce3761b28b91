import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ForbiddenAddress, makeAddressGuard } from '../../src/adapters/outbound/address-guard.ts';

/** Spellings of addresses that are not public, as the host of a URL. */
const FORBIDDEN = [
  ...['127.0.0.1', '127.1', '0177.0.0.1', '0x7f.0.0.1', '0x7f000001', '2130706433', '127.255.255.254', '127.0.0.1.'],
  ...['0.0.0.0', '0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '012.0.0.1', '100.64.0.1', '100.127.255.254'],
  ...['169.254.0.1', '169.254.169.254', '0xa9fea9fe', '2852039166', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  ...['192.168.1.1', '3232235777', '192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255'],
  ...['198.51.100.7', '203.0.113.7', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '0xffffffff'],
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]', '[::7f00:1]'],
  ...['[::127.0.0.1]', '[::8.8.8.8]', '[64:ff9b::7f00:1]', '[64:ff9b::8.8.8.8]', '[64:ff9b:1::1]', '[100::1]'],
  ...['[fe80::1]', '[febf::1]', '[fec0::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[ff0e::1]', '[2001::1]'],
  ...['[2001:0:53aa:64c:0:0:80ff:fffe]', '[2001:10::1]', '[2001:20::1]', '[2001:db8::1]', '[2002:7f00:1::1]'],
  ...['[2002:a00:1::]', '[3fff::1]', '[3fff:fff::1]', '[4000::1]', '[1fff::1]', '[5f00::1]'],
];

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '[2606:4700::1111]',
  '[2a00:1450::1]',
  '[2001:4860::1]',
];

const guard = makeAddressGuard(undefined);

function lookUp(hostname: string, using = guard): Promise<string> {
  return new Promise((resolve, reject) => {
    using.lookup(hostname, {}, (error, address) => (error ? reject(error) : resolve(String(address))));
  });
}

describe('the guard of addresses that members choose', () => {
  it.each(FORBIDDEN)('does not allow %s', (host) => {
    expect(() => guard.assertAllowed(new URL(`https://${host}/x`))).toThrow(ForbiddenAddress);
  });

  it.each(PUBLIC)('allows %s', (host) => {
    expect(() => guard.assertAllowed(new URL(`https://${host}/x`))).not.toThrow();
  });

  it.each([
    'http://8.8.8.8/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'https://user@8.8.8.8/',
    'https://:word@8.8.8.8/',
  ])('does not allow %s', (url) => expect(() => guard.assertAllowed(new URL(url))).toThrow(ForbiddenAddress));

  it.each(['localhost', 'LOCALHOST'])('does not allow the name %s, whose address is not public', async (name) => {
    await expect(lookUp(name)).rejects.toThrow(ForbiddenAddress);
  });

  it('allows the subnets that the operator names, without TLS too', async () => {
    const extra = new BlockList();
    extra.addSubnet('127.0.0.0', 8, 'ipv4');
    extra.addAddress('::1', 'ipv6');
    const wider = makeAddressGuard(extra);

    expect(() => wider.assertAllowed(new URL('http://127.0.0.1:9000/x'))).not.toThrow();
    expect(() => wider.assertAllowed(new URL('https://[::1]/x'))).not.toThrow();
    expect(() => wider.assertAllowed(new URL('http://10.0.0.1/x'))).toThrow(ForbiddenAddress);
    expect(() => wider.assertAllowed(new URL('http://8.8.8.8/x'))).toThrow(ForbiddenAddress);
    expect(['127.0.0.1', '::1']).toContain(await lookUp('localhost', wider));
  });
});
