import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../application/ports/secrets.ts';

export const systemSecrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  digest: (token) => hash('sha256', token, 'base64url'),
};
