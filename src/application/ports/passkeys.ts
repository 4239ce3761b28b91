import type { Passkey, PasskeyChange, PasskeyId, PasskeyName } from '../../domain/identity/passkey.ts';
import type { ChallengeId, PasskeyChallenge } from '../../domain/identity/passkey-challenge.ts';
import type { UserId } from '../../domain/ids.ts';

export interface PasskeysView {
  /** The passkey, on hold or not, or undefined. */
  find(id: PasskeyId): Promise<Passkey | undefined>;
  /** The user's passkeys, by `createdAt`, oldest first. */
  ofUser(userId: UserId): Promise<readonly Passkey[]>;
  /** The random number by which authenticators know the user; undefined before their first passkey. */
  handleOf(userId: UserId): Promise<string | undefined>;
  /** What was last added or removed; undefined where nothing ever was. */
  lastChange(userId: UserId): Promise<PasskeyChange | undefined>;
}

export interface Passkeys extends PasskeysView {
  /** Gives the user a handle, unless there is one; answers the one that holds. The user must exist. */
  settleHandle(userId: UserId, handle: string): Promise<string>;
  /** False, and nothing is stored, where there is one of this id. The user must exist. */
  add(passkey: Passkey): Promise<boolean>;
  /** Stores a use, unless the passkey is gone or on hold, or its counter has changed since it was read: false then. */
  use(
    id: PasskeyId,
    use: { readonly from: number; readonly counter: number; readonly usedAt: number },
  ): Promise<boolean>;
  /** False where the user has no such passkey. */
  rename(userId: UserId, id: PasskeyId, name: PasskeyName): Promise<boolean>;
  /** The removed passkey, or undefined where the user has no such one. */
  remove(userId: UserId, id: PasskeyId): Promise<Passkey | undefined>;
  /** Puts all passkeys of the user on hold since this moment (ms), or takes them off it (null). */
  setHeld(userId: UserId, heldAt: number | null): Promise<void>;
  /** Notes what was changed, in place of what was noted before. Nothing is noted for a user without a handle. */
  noteChange(userId: UserId, change: PasskeyChange): Promise<void>;
  /** The id must be new. */
  addChallenge(challenge: PasskeyChallenge): Promise<void>;
  /** Removes the challenge, and answers it; undefined where there is none. Of concurrent calls one gets it. */
  takeChallenge(id: ChallengeId): Promise<PasskeyChallenge | undefined>;
  /** Removes the challenges that expire at or before `until` (ms), and answers how many. */
  removeExpiredChallenges(until: number): Promise<number>;
}
