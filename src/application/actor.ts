import type { User } from '../domain/identity/user.ts';
import type { SessionId } from '../domain/ids.ts';

/** Who is asking, as `identify-session` found out: the first argument of every use case that is not open to all. */
export interface Actor {
  readonly user: User;
  readonly sessionId: SessionId;
}
