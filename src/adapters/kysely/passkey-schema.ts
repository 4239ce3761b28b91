import type { PasskeyChange, PasskeyId, PasskeyName } from '../../domain/identity/passkey.ts';
import type { ChallengeId, ChallengePurpose } from '../../domain/identity/passkey-challenge.ts';
import type { SessionId, UserId } from '../../domain/ids.ts';

/** The tables of passkeys, and of what a recovery has put on hold. */
export interface PasskeySchema {
  /** Users who have, or had, passkeys. */
  readonly passkey_owners: {
    readonly user_id: UserId;
    /** Random: authenticators show or store it, and it must not name the user. */
    readonly handle: string;
    /** What was changed last; null, as the other two, before that. */
    readonly change: PasskeyChange['kind'] | null;
    readonly changed_name: PasskeyName | null;
    readonly changed_at: number | null;
  };
  readonly passkeys: {
    readonly id: PasskeyId;
    readonly user_id: UserId;
    readonly public_key: string;
    readonly counter: number;
    /** With commas between them. */
    readonly transports: string;
    readonly name: PasskeyName;
    readonly created_at: number;
    readonly used_at: number | null;
    readonly held_at: number | null;
  };
  readonly passkey_challenges: {
    readonly id: ChallengeId;
    readonly purpose: ChallengePurpose;
    readonly holder: string;
    readonly expires_at: number;
  };
  readonly held_sessions: {
    readonly id: SessionId;
    readonly user_id: UserId;
    readonly created_at: number;
    readonly seen_at: number;
    readonly device: string;
    readonly address: string;
    readonly held_until: number;
  };
}
