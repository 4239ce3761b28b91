import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { ConfigError } from '../../src/composition/config-error.ts';

/** The line that the server prints when it does not start. */
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

describe('the limits', () => {
  it('are those of the manual', () => {
    expect(readConfig({}).limits).toEqual({
      rates: {
        sign_in_failures: { count: 5, withinMs: 900_000, refill: 'together' },
        sign_in_failures_of_address: { count: 50, withinMs: 900_000, refill: 'together' },
        sign_in_failures_of_network: { count: 10, withinMs: 900_000, refill: 'together' },
        sign_in_failures_of_name: { count: 30, withinMs: 900_000, refill: 'together' },
        registrations: { count: 10, withinMs: 600_000, refill: 'evenly' },
        new_chats: { count: 10, withinMs: 600_000, refill: 'evenly' },
        wrong_codes: { count: 10, withinMs: 3_600_000, refill: 'together' },
        passkey_challenges: { count: 60, withinMs: 600_000, refill: 'evenly' },
        new_invites: { count: 10, withinMs: 600_000, refill: 'evenly' },
        pictures: { count: 20, withinMs: 3_600_000, refill: 'evenly' },
        uploads: { count: 100, withinMs: 600_000, refill: 'evenly' },
        renames: { count: 10, withinMs: 86_400_000, refill: 'evenly' },
        exports: { count: 5, withinMs: 86_400_000, refill: 'evenly' },
        link_cards_of_user: { count: 20, withinMs: 600_000, refill: 'evenly' },
        link_cards_of_chat: { count: 60, withinMs: 600_000, refill: 'evenly' },
      },
      budgets: {
        writes: { count: 30, withinMs: 6000, refill: 'evenly' },
        reads: { count: 200, withinMs: 10_000, refill: 'evenly' },
        signals: { count: 60, withinMs: 6000, refill: 'evenly' },
        typing: { count: 30, withinMs: 6000, refill: 'evenly' },
        presence: { count: 60, withinMs: 60_000, refill: 'evenly' },
        stored_bytes: { count: 50_000_000, withinMs: 86_400_000 },
      },
      delayedSignIns: { ofNetwork: 2, inAll: 100 },
      socketsPerUser: 10,
      socketsPerAddress: 300,
      followedChats: 100,
      connections: { connectionsPerAddress: 100, unsentBytesPerAddress: 33_554_432, unsentBytes: 134_217_728 },
      liveInvites: 50,
    });
  });

  it.each([
    ['1/1s', 1, 1000],
    ['7/90m', 7, 5_400_000],
    ['999999/9999h', 999_999, 35_996_400_000],
  ])('are set each by its variable: %s', (text, count, withinMs) => {
    const { limits } = readConfig({ LIMIT_SIGN_IN_FAILURES: text, LIMIT_SOCKETS_PER_USER: '3' });
    expect(limits?.rates.sign_in_failures).toMatchObject({ count, withinMs });
    expect(limits?.socketsPerUser).toBe(3);
  });

  it('are none with RATE_LIMITS=off', () => {
    expect(readConfig({ RATE_LIMITS: 'off' }).limits).toBeUndefined();
    expect(problem({ RATE_LIMITS: 'no' })).toMatch(/^RATE_LIMITS is "no", .* on or off\.$/);
  });

  const RATES = [
    'SIGN_IN_FAILURES',
    'SIGN_IN_FAILURES_PER_ADDRESS',
    'SIGN_IN_FAILURES_PER_NETWORK',
    'SIGN_IN_FAILURES_PER_NAME',
    'REGISTRATIONS',
    'NEW_CHATS',
    'NEW_INVITES',
    'WRITES',
    'READS',
  ];
  const NUMBERS = [
    'SOCKETS_PER_USER',
    'SOCKETS_PER_ADDRESS',
    'LIVE_INVITES',
    'DELAYED_SIGN_INS_PER_NETWORK',
    'DELAYED_SIGN_INS',
  ];

  it.each(RATES)('stop the start with a line that names the variable: LIMIT_%s', (name) => {
    for (const text of [
      '5',
      '5/',
      '/15m',
      '0/15m',
      '5/0m',
      '05/15m',
      '5/15',
      '5/15d',
      '5 / 15m',
      '-5/15m',
      '5/1.5m',
      'off',
    ]) {
      expect(problem({ [`LIMIT_${name}`]: text }), text).toContain(`LIMIT_${name} is "${text}", which makes no sense`);
    }
  });

  it.each(NUMBERS)('stop the start with a line that names the variable: LIMIT_%s', (name) => {
    for (const text of ['0', '-1', '1.5', '1e3', 'many', '5/15m', '1000000']) {
      expect(problem({ [`LIMIT_${name}`]: text }), text).toContain(`LIMIT_${name} is "${text}", which makes no sense`);
    }
  });

  it('BU-1: are a number of bytes for what a person stores in a day', () => {
    expect(readConfig({}).limits?.budgets.stored_bytes).toEqual({ count: 50_000_000, withinMs: 86_400_000 });
    const { limits } = readConfig({ LIMIT_STORED_BYTES_PER_DAY: '1000000000' });
    expect(limits?.budgets.stored_bytes.count).toBe(1_000_000_000);
    for (const text of ['0', '-1', '1.5', '1e9', '50MB', '5/1h']) {
      expect(problem({ LIMIT_STORED_BYTES_PER_DAY: text }), text).toContain(`LIMIT_STORED_BYTES_PER_DAY is "${text}"`);
    }
  });

  it('stop the start even where they are turned off', () => {
    expect(problem({ RATE_LIMITS: 'off', LIMIT_WRITES: 'none' })).toContain('LIMIT_WRITES');
  });
});

describe('METRICS_ADDRESS', () => {
  it.each([
    ['127.0.0.1:9464', '127.0.0.1', 9464],
    ['0.0.0.0:0', '0.0.0.0', 0],
    ['[::1]:9464', '::1', 9464],
    ['localhost:80', 'localhost', 80],
  ])('takes an address and a port: %s', (METRICS_ADDRESS, host, port) => {
    expect(readConfig({ METRICS_ADDRESS }).metricsAddress).toEqual({ host, port });
  });

  it('is nowhere unless it is set', () => {
    expect(readConfig({}).metricsAddress).toBeUndefined();
  });

  it.each([
    '9464',
    ':9464',
    '127.0.0.1',
    '127.0.0.1:',
    '::1:9464',
    '[localhost]:1',
    '127.0.0.1:65536',
    'http://x:1',
    'x:1/',
  ])('stops the start with a line that names it: %s', (METRICS_ADDRESS) => {
    expect(problem({ METRICS_ADDRESS })).toMatch(/^METRICS_ADDRESS is .+ makes no sense/);
  });
});
