import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { anApp, Client, type Headers } from './client.ts';

async function warningsAfter(trusted: string, requests: readonly (readonly [peer: string, headers: Headers])[]) {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: trusted });
  const app = await anApp({ trustedProxies });
  for (const [peer, headers] of requests) await new Client(app, undefined, peer).get('/status', headers);
  return app.log.entries.filter(({ details }) => details.event === 'forwarding_not_trusted');
}

describe('BU-3: X-Forwarded-For from a peer that is not in TRUSTED_PROXIES', () => {
  it.each([
    ['x-forwarded-for', { 'X-Forwarded-For': '203.0.113.9' }],
    ['forwarded', { Forwarded: 'for=203.0.113.9' }],
  ])('is warned about once, with what to set: %s', async (header, headers) => {
    for (const trusted of ['', '10.0.0.0/8']) {
      const warnings = await warningsAfter(trusted, [
        ['192.0.2.1', {}],
        ['192.0.2.1', headers],
        ['192.0.2.1', headers],
        ['192.0.2.2', headers],
      ]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatchObject({ level: 'warn', details: { address: '192.0.2.1', header } });
      expect(warnings[0]?.message).toContain('set TRUSTED_PROXIES=192.0.2.1');
    }
  });

  it('is no reason to warn when the peer is trusted, or says nothing', async () => {
    const forwarded = { 'X-Forwarded-For': '203.0.113.9, 192.0.2.1', Forwarded: 'for=203.0.113.9' };
    expect(await warningsAfter('10.0.0.0/8', [['10.1.2.3', forwarded]])).toEqual([]);
    expect(await warningsAfter('', [['192.0.2.1', { 'X-Forwarded-Host': 'chat.example.org' }]])).toEqual([]);
  });
});
