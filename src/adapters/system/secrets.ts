import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../application/ports/secrets.ts';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

export const systemSecrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  digest: (token) => hash('sha256', token, 'base64url'),
  mac: (key, text) => hmac(key, text).digest('base64url'),
  isMac(claimed, key, text) {
    const [given, right] = [Buffer.from(claimed, 'base64url'), hmac(key, text).digest()];
    return given.length === right.length && timingSafeEqual(given, right);
  },
};
