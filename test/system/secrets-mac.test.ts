import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';

describe('the MAC of a text', () => {
  it('is HMAC-SHA-256, as RFC 4231 has it', () => {
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');
    expect(systemSecrets.mac('Jefe', 'what do ya want for nothing?')).toBe(expected.toString('base64url'));
  });

  it('is recognised, and nothing else is', () => {
    const mac = systemSecrets.mac('key', 'text');
    expect(systemSecrets.isMac(mac, 'key', 'text')).toBe(true);
    for (const [claimed, key, text] of [
      [mac, 'key', 'Text'],
      [mac, 'Key', 'text'],
      [mac.slice(1), 'key', 'text'],
      [`A${mac.slice(1)}`, 'key', 'texts'],
      ['', 'key', 'text'],
    ] as const) {
      expect(systemSecrets.isMac(claimed, key, text)).toBe(false);
    }
  });
});
