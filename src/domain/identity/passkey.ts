import { codePoints } from '../code-points.ts';
import { Conflict, DomainError } from '../errors.ts';
import type { Branded, UserId } from '../ids.ts';
import { hasStrayFormatCharacters, PLACEHOLDER, REORDERS, showsSomething } from '../visible-text.ts';

/** The credential id that the authenticator chose, base64url. It is no secret. */
export type PasskeyId = Branded<string, 'PasskeyId'>;

/** 1–40 code points, NFC, trimmed, at least one of them visible. */
export type PasskeyName = Branded<string, 'PasskeyName'>;

/** What the installation knows of a key pair on a device of the user's, whose private half never leaves it (WebAuthn). */
export interface Passkey {
  readonly id: PasskeyId;
  readonly userId: UserId;
  /** As COSE, base64url. */
  readonly publicKey: string;
  /** The authenticator's signature counter at the last use; 0 where it keeps none. */
  readonly counter: number;
  /** How the browser reaches the authenticator, such as `internal` or `usb`. */
  readonly transports: readonly string[];
  readonly name: PasskeyName;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970; null where it was never used. */
  readonly usedAt: number | null;
  /** Since when (ms) it does not sign in, because the account was recovered and its owner has not yet said to keep it; else null. */
  readonly heldAt: number | null;
}

/** Maximum passkeys of one user. */
export const PASSKEYS_PER_USER = 20;

/** The signature algorithms that are accepted, by their COSE numbers, the preferred one first: EdDSA, ES256, RS256. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-8, -7, -257];

const MAX_NAME = 40;
/** Of a credential id: 1,023 bytes by the standard. */
const ID = /^[\w-]{1,1364}$/;

/** @throws DomainError `not_found` for what is no id: nobody has such a passkey */
export function passkeyId(value: string): PasskeyId {
  if (!ID.test(value)) throw noSuchPasskey();
  return value as PasskeyId;
}

/** @throws DomainError `invalid_passkey` */
export function passkeyName(input: string): PasskeyName {
  const name = input.normalize('NFC').trim();
  const length = codePoints(name);
  if (length < 1 || length > MAX_NAME) refuseName(`The name of a passkey has 1 to ${MAX_NAME} characters.`);
  const isHidden = REORDERS.test(name) || hasStrayFormatCharacters(name) || PLACEHOLDER.test(name);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name) || isHidden || !showsSomething(name))
    refuseName('The name of a passkey must be visible, without control characters.');
  return name as PasskeyName;
}

function refuseName(why: string): never {
  throw new DomainError('invalid_passkey', why);
}

/** @throws DomainError `too_many_passkeys` */
export function assertRoomForPasskey(own: readonly Passkey[]): void {
  if (own.length < PASSKEYS_PER_USER) return;
  throw new DomainError('too_many_passkeys', `You have ${PASSKEYS_PER_USER} passkeys. Remove one first.`);
}

/**
 * Whether an authenticator that reports this counter may be the one of which this was stored. One that keeps no counter reports 0 always.
 * Any other counts up: a number that was reached before means that the key was copied, or that the answer is an old one.
 */
export const countsOn = (stored: number, reported: number): boolean =>
  reported > stored || (stored === 0 && reported === 0);

/**
 * A person must be able to sign in after they removed a passkey. Today every account has a password, so that it never refuses; it is asked all
 * the same, for accounts without one.
 * @throws DomainError `conflict`
 */
export function assertWayInLeft(left: { readonly hasPassword: boolean; readonly passkeys: number }): void {
  if (left.hasPassword || left.passkeys > 0) return;
  throw new Conflict('last_way_in', 'This passkey is your only way to sign in. Add another one first.');
}

/** The same for an unknown passkey as for a wrong answer, one that is on hold, and one of a deactivated account. */
export const wrongPasskey = (): DomainError =>
  new DomainError('wrong_passkey', 'This passkey was not accepted. Try again, or sign in with your password.');

/** Also for a passkey of somebody else. */
export const noSuchPasskey = (): DomainError => new DomainError('not_found', 'You have no such passkey.');

/** What was last changed about the passkeys of a user, so that they see it on the page of their account. */
export interface PasskeyChange {
  readonly kind: 'added' | 'removed';
  readonly name: PasskeyName;
  /** Milliseconds since 1970. */
  readonly at: number;
}
