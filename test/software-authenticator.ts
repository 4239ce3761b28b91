import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What an authenticator and its browser may get wrong, on purpose. */
export interface Mistakes {
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly counter?: number;
  /** Bits: 1 user present, 4 user verified, 64 with a key. */
  readonly flags?: number;
  readonly userHandle?: string;
  readonly fmt?: string;
}

export type Algorithm = 'ES256' | 'Ed25519' | 'RS256';

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

const PRESENT = 1;
const VERIFIED = 4;
const WITH_KEY = 64;

/** An authenticator with one passkey, and the browser around it, in software. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  readonly #algorithm: Algorithm;
  readonly #privateKey: KeyObject;
  readonly #cose: Buffer;
  #userHandle = '';
  counter = 0;

  constructor(algorithm: Algorithm = 'ES256') {
    this.#algorithm = algorithm;
    const { privateKey, cose } = makeKeys(algorithm);
    this.#privateKey = privateKey;
    this.#cose = cose;
  }

  /** The answer to the options of a new passkey. */
  create(options: CreationOptions, origin: string, mistakes: Mistakes = {}) {
    this.#userHandle = options.user.id;
    const flags = mistakes.flags ?? PRESENT | VERIFIED | WITH_KEY;
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, this.#cose]);
    const data = this.#data(mistakes.rpId ?? options.rp.id, flags, mistakes.counter ?? this.counter);
    const attestationObject = attestation(mistakes.fmt ?? 'none', Buffer.concat([data, attested])).toString(
      'base64url',
    );
    const clientDataJSON = clientData('webauthn.create', options.challenge, origin, mistakes).toString('base64url');
    const response = { clientDataJSON, attestationObject, transports: ['internal'] };
    return { id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} };
  }

  /** The answer to the options of a use. */
  get(options: RequestOptions, origin: string, mistakes: Mistakes = {}) {
    const data = this.#data(
      mistakes.rpId ?? options.rpId,
      mistakes.flags ?? PRESENT | VERIFIED,
      mistakes.counter ?? this.counter,
    );
    const client = clientData('webauthn.get', options.challenge, origin, mistakes);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    const signature = sign(this.#algorithm === 'Ed25519' ? null : 'sha256', signed, this.#privateKey);
    const response = {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: mistakes.userHandle ?? this.#userHandle,
    };
    return { id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} };
  }

  #data(rpId: string, flags: number, counter: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
  }
}

function clientData(type: string, challenge: string, origin: string, mistakes: Mistakes): Buffer {
  const said = {
    type: mistakes.type ?? type,
    challenge: mistakes.challenge ?? challenge,
    origin: mistakes.origin ?? origin,
    crossOrigin: false,
  };
  return Buffer.from(JSON.stringify(said));
}

/** An attestation object with this format, an empty statement, and these authenticator data. */
export const attestation = (fmt: string, data: Buffer): Buffer =>
  Buffer.concat([
    ...[Buffer.from([0xa3]), text('fmt'), text(fmt), text('attStmt'), Buffer.from([0xa0])],
    ...[text('authData'), bytes(data)],
  ]);

const text = (words: string): Buffer => Buffer.concat([Buffer.from([0x60 + words.length]), Buffer.from(words)]);
const bytes = (data: Buffer): Buffer => Buffer.concat([Buffer.from([0x59]), uint16(data.length), data]);

function uint16(value: number): Buffer {
  const two = Buffer.alloc(2);
  two.writeUInt16BE(value);
  return two;
}

/** A key pair, and its public half as a COSE key. */
function makeKeys(algorithm: Algorithm): { readonly privateKey: KeyObject; readonly cose: Buffer } {
  if (algorithm === 'Ed25519') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    // Type OKP, algorithm EdDSA, curve Ed25519.
    return { privateKey, cose: Buffer.concat([Buffer.from([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21]), short(x)]) };
  }
  if (algorithm === 'RS256') {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    const modulus = bytes(Buffer.from(n, 'base64url'));
    const exponent = Buffer.from(e, 'base64url');
    const tail = Buffer.concat([Buffer.from([0x21, 0x40 + exponent.length]), exponent]);
    // Type RSA, algorithm -257.
    return { privateKey, cose: Buffer.concat([Buffer.from([0xa4, 1, 3, 3, 0x39, 1, 0, 0x20]), modulus, tail]) };
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  // Type EC2, algorithm ES256, curve P-256.
  const head = Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]);
  return { privateKey, cose: Buffer.concat([head, short(x), Buffer.from([0x22]), short(y)]) };
}

/** 32 bytes. */
function short(base64url: string): Buffer {
  const data = Buffer.from(base64url, 'base64url');
  return Buffer.concat([Buffer.from([0x58, data.length]), data]);
}
