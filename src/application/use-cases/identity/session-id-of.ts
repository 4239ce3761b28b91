import { type SessionId, sessionId } from '../../../domain/ids.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** A session is stored under its token's digest, so that a stolen database opens nothing. */
export const sessionIdOf = (secrets: Secrets, token: string): SessionId => sessionId(secrets.digest(token));
