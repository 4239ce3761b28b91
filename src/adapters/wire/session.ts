import type { ListedSession } from '../../application/use-cases/identity/view-sessions.ts';
import { sessionHandle } from '../../domain/identity/session.ts';

export interface WireSession {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly created_at: string;
  readonly seen_at: string;
  /** It is the one of the request. */
  readonly current: boolean;
}

export const toWireSession = (session: ListedSession): WireSession => ({
  id: sessionHandle(session),
  device: session.device,
  address: session.address,
  created_at: new Date(session.createdAt).toISOString(),
  seen_at: new Date(session.seenAt).toISOString(),
  current: session.isCurrent,
});
