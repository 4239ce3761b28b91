import type { HeldByRecovery } from '../../application/use-cases/identity/view-recovery.ts';
import { sessionHandle } from '../../domain/identity/session.ts';
import { toWirePasskey, type WirePasskey } from './passkeys.ts';
import type { WireSession } from './session.ts';
import { timestamp } from './timestamp.ts';

/** What waits for its owner to say what to keep. */
export interface WireRecovery {
  readonly passkeys: readonly WirePasskey[];
  readonly sessions: readonly Omit<WireSession, 'current'>[];
}

export const toWireRecovery = ({ passkeys, sessions }: HeldByRecovery): WireRecovery => ({
  passkeys: passkeys.map(toWirePasskey),
  sessions: sessions.map((session) => ({
    ...{ id: sessionHandle(session), device: session.device, address: session.address },
    ...{ created_at: timestamp(session.createdAt), seen_at: timestamp(session.seenAt) },
  })),
});
