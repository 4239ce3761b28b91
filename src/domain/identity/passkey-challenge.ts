import type { Branded } from '../ids.ts';

/** The SHA-256 of a challenge, base64url: whoever reads the database cannot answer for it. */
export type ChallengeId = Branded<string, 'ChallengeId'>;

export const challengeId = (value: string): ChallengeId => value as ChallengeId;

/** What an answer to the challenge does: adds a passkey, confirms who somebody is, or signs in. */
export type ChallengePurpose = 'add' | 'confirm' | 'sign_in';

/** A random number that a passkey signs, once, for the one who asked for it. */
export interface PasskeyChallenge {
  readonly id: ChallengeId;
  readonly purpose: ChallengePurpose;
  /** Who may answer: the id of a session, or the digest of the ticket in the cookie of a browser that signs in. */
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export const CHALLENGE_VALID_MS = 5 * 60_000;

/** Whether this challenge was given to this holder for this purpose, and still holds. */
export const isAnswerable = (
  challenge: PasskeyChallenge | undefined,
  asked: Pick<PasskeyChallenge, 'purpose' | 'holder'> & { readonly now: number },
): challenge is PasskeyChallenge =>
  challenge !== undefined &&
  challenge.purpose === asked.purpose &&
  challenge.holder === asked.holder &&
  asked.now < challenge.expiresAt;
