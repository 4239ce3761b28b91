import { describe, expect, it } from 'vitest';
import type { PasskeyVerifier } from '../../src/application/ports/passkey-verifier.ts';
import { type Algorithm, SoftwareAuthenticator } from '../software-authenticator.ts';

const SITE = { id: 'chat.example.org', origin: 'https://chat.example.org' };
const CHALLENGE = 'A'.repeat(43);
const MADE = { challenge: CHALLENGE, rp: { id: SITE.id }, user: { id: 'handle' } };
const ASKED = { challenge: CHALLENGE, rpId: SITE.id };
const EXPECTED = { challenge: CHALLENGE, site: SITE };

export function passkeyVerifierContract(name: string, make: () => PasskeyVerifier): void {
  describe(`passkey verifier: ${name}`, () => {
    it.each(['ES256', 'Ed25519', 'RS256'] as const)(
      'verifies what a passkey of %s signed',
      async (algorithm: Algorithm) => {
        const [verifier, authenticator] = [make(), new SoftwareAuthenticator(algorithm)];
        const made = authenticator.create(MADE, SITE.origin, { counter: 5 });
        expect(verifier.challengeOf(made)).toBe(CHALLENGE);
        const passkey = await verifier.verifyNew(made, EXPECTED);
        expect(passkey).toMatchObject({ id: authenticator.id, counter: 5, transports: ['internal'] });
        if (!passkey) throw new Error('It was refused.');
        const used = authenticator.get(ASKED, SITE.origin, { counter: 6 });
        expect(await verifier.verifyUse(used, { ...EXPECTED, passkey })).toEqual({ counter: 6 });
        // The caller compares counters.
        const back = authenticator.get(ASKED, SITE.origin, { counter: 1 });
        expect(await verifier.verifyUse(back, { ...EXPECTED, passkey })).toEqual({ counter: 1 });
        const other = await verifier.verifyNew(
          new SoftwareAuthenticator(algorithm).create(MADE, SITE.origin),
          EXPECTED,
        );
        const key = { id: passkey.id, publicKey: other?.publicKey ?? '' };
        expect(await verifier.verifyUse(used, { ...EXPECTED, passkey: key })).toBeUndefined();
        const flipped = used.response.signature.startsWith('M') ? 'N' : 'M';
        const forged = {
          ...used,
          response: { ...used.response, signature: flipped + used.response.signature.slice(1) },
        };
        expect(await verifier.verifyUse(forged, { ...EXPECTED, passkey })).toBeUndefined();
      },
    );

    it.each([
      ['challenge', { challenge: 'B'.repeat(43) }],
      ['origin', { origin: 'https://evil.example' }],
      ['site', { rpId: 'evil.example' }],
      ['kind', { type: 'payment.get' }],
      ['attestation', { fmt: 'packed' }],
    ])('refuses another %s', async (_what, mistakes) => {
      const [verifier, authenticator] = [make(), new SoftwareAuthenticator()];
      expect(await verifier.verifyNew(authenticator.create(MADE, SITE.origin, mistakes), EXPECTED)).toBeUndefined();
    });

    it('refuses users who are not verified, or not there', async () => {
      const [verifier, authenticator] = [make(), new SoftwareAuthenticator()];
      const passkey = await verifier.verifyNew(authenticator.create(MADE, SITE.origin), EXPECTED);
      for (const flags of [0, 1, 4]) {
        const made = authenticator.create(MADE, SITE.origin, { flags: flags | 64 });
        expect(await verifier.verifyNew(made, EXPECTED)).toBeUndefined();
        const used = authenticator.get(ASKED, SITE.origin, { flags });
        expect(passkey && (await verifier.verifyUse(used, { ...EXPECTED, passkey }))).toBeUndefined();
      }
    });

    it('throws nothing, whatever is sent', async () => {
      const verifier = make();
      const passkey = { id: new SoftwareAuthenticator().id as never, publicKey: 'x' };
      for (const text of ['', '%', 'A', 'AAAA', '\u0000', 'oA', 'A'.repeat(100_000)]) {
        const parts = { attestationObject: text, authenticatorData: text, signature: text, userHandle: text };
        const answer = { id: passkey.id, rawId: text, type: text, response: { clientDataJSON: text, ...parts } };
        expect(verifier.challengeOf(answer)).toBeUndefined();
        expect(await verifier.verifyNew(answer, EXPECTED)).toBeUndefined();
        expect(await verifier.verifyUse(answer, { ...EXPECTED, passkey })).toBeUndefined();
      }
    });
  });
}
