import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { PushKeys } from '../../domain/push/push-keys.ts';

/** How long a push service may accept a token. RFC 8292 allows 24 hours. */
const TOKEN_LASTS_S = 12 * 3_600;

/** New keys for an installation. */
export function makePushKeys(): PushKeys {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return { publicKey: pair.getPublicKey('base64url'), privateKey: padded(pair.getPrivateKey()).toString('base64url') };
}

/** Identifies the installation to push services (RFC 8292). */
export class Vapid {
  readonly #publicKey: string;
  readonly #key: KeyObject;

  constructor({ publicKey, privateKey }: PushKeys) {
    this.#publicKey = publicKey;
    const point = Buffer.from(publicKey, 'base64url');
    const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
    this.#key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey }, format: 'jwk' });
  }

  /**
   * The value of the header `Authorization` for a request to this endpoint.
   * @param contact a URL of whoever runs the installation, `https:` or `mailto:`
   * @param now milliseconds since 1970
   */
  authorization(endpoint: URL, contact: string, now: number): string {
    const claims = { aud: endpoint.origin, exp: Math.floor(now / 1_000) + TOKEN_LASTS_S, sub: contact };
    const signed = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `vapid t=${signed}.${signature.toString('base64url')}, k=${this.#publicKey}`;
  }
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A private key is a number, whose leading zeros OpenSSL leaves out. */
const padded = (key: Buffer): Buffer => Buffer.concat([Buffer.alloc(32 - key.length), key]);
