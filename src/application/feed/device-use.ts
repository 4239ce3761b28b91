import type { SessionId, UserId } from '../../domain/ids.ts';

/** Which devices people use at this moment, as far as this instance knows. */
export interface DeviceUse {
  /** The sessions of the user whose devices are active, anywhere. */
  activeSessions(userId: UserId): ReadonlySet<SessionId>;
}
