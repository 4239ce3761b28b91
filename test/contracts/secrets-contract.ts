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

    it('are base32 of as many bytes as asked for', () => {
      const secrets = makeSecrets();
      expect([secrets.base32(20), secrets.base32(10)]).toEqual([
        expect.stringMatching(/^[A-Z2-7]{32}$/),
        expect.stringMatching(/^[A-Z2-7]{16}$/),
      ]);
      expect(new Set(Array.from({ length: 1_000 }, () => secrets.base32(10))).size).toBe(1_000);
    });

    it.each([
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
      [20_000_000_000, '353130'],
    ])('have the code of the second %i of the key of RFC 6238', (second, code) => {
      // Appendix B, the last 6 of its 8 digits. The key is 12345678901234567890.
      expect(makeSecrets().timeCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', Math.floor(second / 30))).toBe(code);
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
