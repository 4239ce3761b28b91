import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { ReceiverKeys } from '../../src/adapters/web-push/encrypt.ts';

/** The keys of a browser that receives push messages, with the private one. */
export interface Receiver extends ReceiverKeys {
  readonly pair: ECDH;
}

export function makeReceiver(): Receiver {
  const pair = createECDH('prime256v1');
  return { pair, publicKey: pair.generateKeys(), auth: randomBytes(16) };
}

/** What a browser does with a message: RFC 8291 read from the receiver's side. */
export function decryptPush({ pair, publicKey, auth }: Receiver, message: Buffer): string {
  const [salt, senderKey] = [message.subarray(0, 16), message.subarray(21, 21 + message.readUInt8(20))];
  const derive = (key: Uint8Array, from: Uint8Array, info: Uint8Array, size: number) =>
    Buffer.from(hkdfSync('sha256', key, from, info, size));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, senderKey]);
  const secret = derive(pair.computeSecret(senderKey), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const sealed = message.subarray(21 + senderKey.length);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The last record ends with 2 and zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
