import { describe, expect, it } from 'vitest';
import { encryptPush, MAX_PLAINTEXT_BYTES } from '../../src/adapters/web-push/encrypt.ts';
import { decryptPush, makeReceiver } from './receiver.ts';

const bytes = (base64url: string) => Buffer.from(base64url, 'base64url');

/** RFC 8291, appendix A. */
const EXAMPLE = {
  text: 'When I grow up, I want to be a watermelon',
  publicKey: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  senderKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  message:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

describe('the encryption of a push message', () => {
  it('gives the message of RFC 8291, appendix A, byte by byte', () => {
    const keys = { publicKey: bytes(EXAMPLE.publicKey), auth: bytes(EXAMPLE.auth) };
    const secrets = { privateKey: bytes(EXAMPLE.senderKey), salt: bytes(EXAMPLE.salt) };

    expect(encryptPush(EXAMPLE.text, keys, secrets).toString('base64url')).toBe(EXAMPLE.message);
  });

  it('can be undone by the receiver alone, and never gives the same bytes twice', () => {
    const receiver = makeReceiver();
    const [first, second] = [encryptPush('Grüße 👋', receiver), encryptPush('Grüße 👋', receiver)];

    expect(decryptPush(receiver, first)).toBe('Grüße 👋');
    expect(decryptPush(receiver, second)).toBe('Grüße 👋');
    expect(first.equals(second)).toBe(false);
    expect(() => decryptPush(makeReceiver(), first)).toThrow();
  });

  it('takes as much as fits into 4,096 bytes, and refuses more', () => {
    const receiver = makeReceiver();

    expect(encryptPush('x'.repeat(MAX_PLAINTEXT_BYTES), receiver)).toHaveLength(4_096);
    expect(() => encryptPush('x'.repeat(MAX_PLAINTEXT_BYTES + 1), receiver)).toThrow('too long');
  });

  it('refuses a public key that is not a point of the curve', () => {
    const publicKey = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]);

    expect(() => encryptPush('hello', { publicKey, auth: Buffer.alloc(16) })).toThrow();
  });
});
