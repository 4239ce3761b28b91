import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../application/ports/secrets.ts';

export const systemSecrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  digest: (token) => createHash('sha256').update(token).digest('base64url'),
};
