import { type SessionId, sessionId } from '../../../domain/ids.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** Sessions are stored under the digest of their token, so that a stolen database signs nobody in. */
export const sessionIdOf = (secrets: Secrets, token: string): SessionId => sessionId(secrets.digest(token));
