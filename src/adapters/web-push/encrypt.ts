import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** The receiver's keys, as the browser made them. */
export interface ReceiverKeys {
  /** A point of P-256, uncompressed: 65 bytes. */
  readonly publicKey: Uint8Array;
  /** 16 bytes. */
  readonly auth: Uint8Array;
}

/** What must be new for every message. */
export interface MessageSecrets {
  /** A private key of P-256: 32 bytes. */
  readonly privateKey: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

/** Maximum size of a message that every push service accepts (RFC 8291, section 4): 4,096 bytes less header, padding and tag. */
export const MAX_PLAINTEXT_BYTES = 3_993;

const RECORD_BYTES = 4_096;
const LAST_RECORD = Buffer.from([2]);

/**
 * Encrypts a push message (RFC 8291) as one record of aes128gcm (RFC 8188).
 * @throws Error when the receiver's public key is not a point of the curve, or the text is too long
 */
export function encryptPush(text: string, { publicKey, auth }: ReceiverKeys, secrets = freshSecrets()): Buffer {
  const plaintext = Buffer.from(text);
  if (plaintext.length > MAX_PLAINTEXT_BYTES) throw new Error('The push message is too long.');
  const { privateKey, salt } = secrets;
  const sender = createECDH('prime256v1');
  sender.setPrivateKey(privateKey);
  const senderKey = sender.getPublicKey();
  const shared = sender.computeSecret(publicKey);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, senderKey]);
  const secret = derive(shared, { salt: auth, info: keyInfo, bytes: 32 });
  const key = derive(secret, { salt, info: Buffer.from('Content-Encoding: aes128gcm\0'), bytes: 16 });
  const nonce = derive(secret, { salt, info: Buffer.from('Content-Encoding: nonce\0'), bytes: 12 });

  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sizes = Buffer.alloc(5);
  sizes.writeUInt32BE(RECORD_BYTES, 0);
  sizes.writeUInt8(senderKey.length, 4);
  return Buffer.concat([
    ...[salt, sizes, senderKey],
    ...[cipher.update(plaintext), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()],
  ]);
}

function freshSecrets(): MessageSecrets {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return { privateKey: pair.getPrivateKey(), salt: randomBytes(16) };
}

interface Derivation {
  readonly salt: Uint8Array;
  readonly info: Uint8Array;
  readonly bytes: number;
}

const derive = (key: Uint8Array, { salt, info, bytes }: Derivation): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes));
