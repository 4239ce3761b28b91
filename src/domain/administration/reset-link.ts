import { DomainError } from '../errors.ts';
import type { Branded, UserId } from '../ids.ts';

/** The SHA-256 of a reset link's token, base64url: a leaked database resets no password. */
export type ResetId = Branded<string, 'ResetId'>;

export const resetId = (value: string): ResetId => value as ResetId;

/** A link by which a person sets a new password without the old one. It works once. */
export interface ResetLink {
  readonly id: ResetId;
  readonly userId: UserId;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const LIFETIME_MS = 3_600_000;

export const newResetLink = (id: ResetId, userId: UserId, now: number): ResetLink => ({
  id,
  userId,
  expiresAt: now + LIFETIME_MS,
});

/** The same for a link that is expired, used or unknown, and for one of an account that is deactivated. */
export const unknownResetLink = (): DomainError =>
  new DomainError('not_found', 'This link is unknown, was used or has expired. Ask your administrator for a new one.');

/** @throws DomainError `not_found` */
export function assertResetLive(link: ResetLink | undefined, now: number): asserts link is ResetLink {
  if (!link || now >= link.expiresAt) throw unknownResetLink();
}
