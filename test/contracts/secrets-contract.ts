import { describe, expect, it } from 'vitest';
import type { Secrets } from '../../src/application/ports/secrets.ts';

/** 256 bits as base64url. */
const BITS_256 = /^[A-Za-z0-9_-]{43}$/;

/** Every source of secrets runs this. */
export function secretsContract(name: string, makeSecrets: () => Secrets): void {
  describe(`the secrets of ${name}`, () => {
    it('are another token each time, of 43 characters of base64url', () => {
      const secrets = makeSecrets();
      const tokens = Array.from({ length: 1_000 }, () => secrets.token());
      expect(new Set(tokens).size).toBe(1_000);
      for (const token of tokens) expect(token).toMatch(BITS_256);
    });

    it('have the SHA-256 of a token as its digest', () => {
      // The example of FIPS 180-2.
      expect(makeSecrets().digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    });

    it('have the HMAC-SHA-256 of a text under a key', () => {
      // Test case 2 of RFC 4231.
      const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');
      expect(makeSecrets().mac('Jefe', 'what do ya want for nothing?')).toBe(expected.toString('base64url'));
    });

    it('recognise a code by its key and text, and nothing else', () => {
      const secrets = makeSecrets();
      const mac = secrets.mac('key', 'text');
      expect(secrets.isMac(mac, 'key', 'text')).toBe(true);
      expect(secrets.isMac(mac, 'other key', 'text')).toBe(false);
      expect(secrets.isMac(mac, 'key', 'other text')).toBe(false);
      for (const claimed of ['', mac.slice(1), `${mac}A`, 'not base64url!', secrets.mac('key', 'texts')]) {
        expect(secrets.isMac(claimed, 'key', 'text')).toBe(false);
      }
    });
  });
}
