import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../application/ports/secrets.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bits in groups of five, each by its letter. */
function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** RFC 4226, section 5.3: 31 bits of the MAC, from a place that its last four bits name. */
function timeCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const place = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

export const systemSecrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  digest: (token) => hash('sha256', token, 'base64url'),
  base32: (bytes) => toBase32(randomBytes(bytes)),
  timeCode,
  mac: (key, text) => hmac(key, text).digest('base64url'),
  isMac(claimed, key, text) {
    const [given, right] = [Buffer.from(claimed, 'base64url'), hmac(key, text).digest()];
    return given.length === right.length && timingSafeEqual(given, right);
  },
};
