import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Env } from '../../src/adapters/http/env.ts';
import {
  addressKey,
  clientAddress,
  clientAddressKey,
  networkKey,
} from '../../src/adapters/http/requests/client-address.ts';
import { trustProxies } from '../../src/adapters/http/requests/trusted-proxies.ts';
import { readConfig } from '../../src/composition/config.ts';
import { aChatOfTwo, anApp, answerOf, FORM, PAGE } from './client.ts';

const PROXIES = '10.0.0.0/8,2001:db8:1::/48,::1';

/** The caller's address according to a server that trusts `trusted`. */
async function callerOf({
  trusted = PROXIES,
  peer = '10.0.0.1',
  forwardedFor,
  of = clientAddress,
}: {
  trusted?: string;
  peer?: string;
  forwardedFor?: string;
  of?: typeof clientAddress;
}) {
  const app = new Hono<Env>();
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: trusted });
  if (trustedProxies) app.use(trustProxies(trustedProxies));
  app.get('/', (c) => c.text(of(c)));
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  const response = await app.request('/', { headers }, { incoming: { socket: { remoteAddress: peer } } });
  return response.text();
}

describe("RL-4: the caller's address", () => {
  it.each([
    ['IPv4', '192.0.2.1', '192.0.2.1'],
    ['IPv4 as a socket for both has it', '::ffff:192.0.2.1', '192.0.2.1'],
    ['IPv6', '2001:DB8:0:0:0::1', '2001:db8::1'],
    ['IPv6 of a link', 'fe80::1%eth0', 'fe80::1'],
    ['a connection that is gone', '', 'unknown'],
  ])('is the peer, whatever the request says: %s', async (_what, peer, caller) => {
    expect(await callerOf({ peer, forwardedFor: '203.0.113.9' })).toBe(caller);
    expect(await callerOf({ peer, forwardedFor: '203.0.113.9', trusted: '' })).toBe(caller);
  });

  it.each([
    ['one that a proxy saw', '203.0.113.9', '203.0.113.9'],
    ['the last that no proxy of ours is', '203.0.113.9, 10.0.0.7, 10.0.0.8', '203.0.113.9'],
    ['not what the caller invented before it', '127.0.0.1, 10.0.0.3, 198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['with a port', '203.0.113.9:4711', '203.0.113.9'],
    ['IPv6', '2001:DB8::0009', '2001:db8::9'],
    ['IPv6 in brackets', '[2001:db8::9]', '2001:db8::9'],
    ['IPv6 in brackets with a port', '203.0.113.9, [2001:db8::9]:4711', '2001:db8::9'],
    ['IPv4 written as IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['IPv4 written as IPv6 in hexadecimal, of a proxy', '203.0.113.9, ::ffff:a00:1', '203.0.113.9'],
    ['among empty ones', ' , 203.0.113.9,, ', '203.0.113.9'],
    ['a proxy of ours, when there are only those', '10.0.0.9, 2001:db8:1::5', '10.0.0.9'],
  ])('behind a trusted proxy is %s', async (_what, forwardedFor, caller) => {
    expect(await callerOf({ forwardedFor })).toBe(caller);
    expect(await callerOf({ forwardedFor, peer: '::ffff:10.0.0.1' })).toBe(caller);
    expect(await callerOf({ forwardedFor, peer: '2001:db8:1::1' })).toBe(caller);
  });

  it.each([
    ['nothing', undefined, '10.0.0.1'],
    ['emptiness', ' ,, ', '10.0.0.1'],
    ['a word', 'unknown', '10.0.0.1'],
    ['a word behind an address', '203.0.113.9, unknown', '10.0.0.1'],
    ['a word before a proxy', '203.0.113.9, unknown, 10.0.0.5', '10.0.0.5'],
    ['too many numbers', '203.0.113.9.1', '10.0.0.1'],
    ['leading zeros', '0203.0.113.9', '10.0.0.1'],
    ['an open bracket', '[2001:db8::9', '10.0.0.1'],
    ['a port that is none', '203.0.113.9:http', '10.0.0.1'],
    ['the elements of Forwarded', 'for=203.0.113.9', '10.0.0.1'],
    ['other separators', '203.0.113.9; 203.0.113.10', '10.0.0.1'],
    ['eight thousand commas', ','.repeat(8000), '10.0.0.1'],
  ])('is the nearest that is known where the header has %s', async (_what, forwardedFor, caller) => {
    expect(await callerOf({ ...(forwardedFor !== undefined && { forwardedFor }) })).toBe(caller);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::5:0:0:0:1', '0:0:0:5::/64'],
    ['1:2:3:4::', '1:2:3:4::/64'],
    ['1::', '1:0:0:0::/64'],
    ['64:ff9b:0:0:0:0:192.0.2.1', '64:ff9b:0:0::/64'],
    ['unknown', 'unknown'],
  ])('is counted as what one subscriber has: %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:a:b:c:d:e:f', '2001:db8:a::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['64:ff9b:0:0:0:0:192.0.2.1', '64:ff9b:0::/48'],
    ['unknown', 'unknown'],
  ])('is in a network, by which guesses at one name are counted too: %s in %s', (address, network) => {
    expect(networkKey(address)).toBe(network);
  });

  it('is one for all the addresses of an IPv6 subscriber', async () => {
    const keyOf = (forwardedFor: string) => callerOf({ forwardedFor, of: clientAddressKey });
    expect(await keyOf('2001:db8:a:b:ffff::1')).toBe(await keyOf('[2001:db8:a:b::2]:80'));
    expect(await keyOf('2001:db8:a:c::1')).not.toBe(await keyOf('2001:db8:a:b::1'));
  });
});

describe('the host that was asked for', () => {
  const from = (peer: string) => ({ incoming: { socket: { remoteAddress: peer } } });
  const elsewhere = { 'x-forwarded-host': 'chat.example.org', 'x-forwarded-proto': 'https' };

  it('RL-4: is taken from a trusted proxy, and from nobody else', async () => {
    const { TRUSTED_PROXIES, PUBLIC_ORIGIN } = { TRUSTED_PROXIES: PROXIES, PUBLIC_ORIGIN: 'https://chat.example.org' };
    const { trustedProxies, publicOrigin } = readConfig({ TRUSTED_PROXIES, PUBLIC_ORIGIN });
    const app = await anApp({ trustedProxies, publicOrigin });
    const asked = async (peer: string, headers: Record<string, string>) =>
      (await app.http.request('/auth', { headers }, from(peer))).status;
    expect(await asked('10.0.0.1', elsewhere)).toBe(200);
    expect(await asked('192.0.2.1', elsewhere)).toBe(421);
    expect(await asked('10.0.0.1', {})).toBe(421);
  });

  it.each([
    ['10.0.0.1', elsewhere, '303 /'],
    ['10.0.0.1', { 'x-forwarded-host': 'evil.example, chat.example.org:443', 'x-forwarded-proto': 'https' }, '303 /'],
    ['10.0.0.1', { ...elsewhere, 'x-forwarded-host': 'other.example.org' }, '403 cross_site'],
    ['10.0.0.1', { ...elsewhere, 'x-forwarded-host': 'chat.example.org/path' }, '403 cross_site'],
    ['10.0.0.1', { ...elsewhere, 'x-forwarded-host': 'x@chat.example.org' }, '403 cross_site'],
    ['10.0.0.1', { ...elsewhere, 'x-forwarded-host': '[' }, '403 cross_site'],
    ['192.0.2.1', elsewhere, '403 cross_site'],
  ])('RL-4: decides whose forms are taken: from %s with %j', async (peer, headers, answer) => {
    const app = await anApp(readConfig({ DATABASE_URL: 'memory:', PORT: '0', TRUSTED_PROXIES: PROXIES }));
    const body = new URLSearchParams({ username: 'ada', password: 'correct horse' }).toString();
    const all = { ...FORM, ...headers, origin: 'https://chat.example.org' };
    const response = await app.http.request('/auth', { method: 'POST', body, headers: all }, from(peer));
    expect(await answerOf(response)).toBe(answer);
  });

  it('RL-4: is where an invite link leads', async () => {
    const app = await anApp(readConfig({ DATABASE_URL: 'memory:', PORT: '0', TRUSTED_PROXIES: PROXIES }));
    const { ada, id } = await aChatOfTwo(app);
    const headers = { ...PAGE, ...elsewhere, cookie: `session_token=${ada.token}; __Host-session_token=${ada.token}` };
    const page = async (peer: string) =>
      (await app.http.request(`/create_invite/${id}`, { method: 'POST', headers }, from(peer))).text();
    expect(await page('10.0.0.1')).toContain('https://chat.example.org/invite/');
    expect(await page('192.0.2.1')).toContain('http://localhost/invite/');
  });
});
