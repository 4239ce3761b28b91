import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/composition/config.ts';

/** The one line with which the server does not start. */
function problem(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('These make sense.');
}

describe('TRUSTED_PROXIES', () => {
  it('is nobody unless it is set', () => {
    expect(readConfig({}).trustedProxies).toBeUndefined();
    expect(readConfig({ TRUSTED_PROXIES: '' }).trustedProxies).toBeUndefined();
  });

  it('takes addresses and CIDRs, IPv4 and IPv6', () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.1.2.3/8,::1,FD00::/8,2001:db8::1/128' });
    const isTrusted = (address: string) => trustedProxies?.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
    for (const address of ['127.0.0.1', '10.255.0.1', '::1', 'fdff::1', '2001:db8::1']) {
      expect(isTrusted(address), address).toBe(true);
    }
    for (const address of ['127.0.0.2', '11.0.0.1', '::2', 'fe00::1', '2001:db8::2']) {
      expect(isTrusted(address), address).toBe(false);
    }
  });

  it.each([
    'localhost',
    '127.0.0.1,',
    '1.2.3',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    'fd00::/129',
    '*',
    '1.2.3.4:80',
  ])('stops the start with a line that names it: %s', (text) => {
    const line = problem({ TRUSTED_PROXIES: text });
    expect(line).toMatch(/^TRUSTED_PROXIES is ".*", which makes no sense: it takes addresses and CIDRs/);
    expect(line).not.toContain('\n');
  });
});
