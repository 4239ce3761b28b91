import { DomainError } from '../errors.ts';
import type { Branded, UserId } from '../ids.ts';

/** The SHA-256 of a link's token, base64url: a leaked database signs nobody in. */
export type LinkId = Branded<string, 'LinkId'>;

export const linkId = (value: string): LinkId => value as LinkId;

/** `reset` sets a new password without the old one; `sign_in` signs its maker in on another device. */
export type LinkKind = 'reset' | 'sign_in';

/** A link that stands for a person, once. */
export interface OneTimeLink {
  readonly id: LinkId;
  readonly kind: LinkKind;
  readonly userId: UserId;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const MINUTE = 60_000;
const LIFETIMES: Readonly<Record<LinkKind, number>> = { reset: 60 * MINUTE, sign_in: 10 * MINUTE };

const WHAT_TO_DO: Readonly<Record<LinkKind, string>> = {
  reset: 'Ask your administrator for a new one.',
  sign_in: 'Make a new one on the device where you are signed in.',
};

export const newLink = (link: Omit<OneTimeLink, 'expiresAt'>, now: number): OneTimeLink => ({
  ...link,
  expiresAt: now + LIFETIMES[link.kind],
});

/** The same for a link that is expired, used or unknown, and for one of an account that is deactivated. */
export const unknownLink = (kind: LinkKind): DomainError =>
  new DomainError('not_found', `This link is unknown, was used or has expired. ${WHAT_TO_DO[kind]}`);

/** @throws DomainError `not_found`, also for a link of another kind */
export function assertLive(
  link: OneTimeLink | undefined,
  { kind, now }: { readonly kind: LinkKind; readonly now: number },
): asserts link is OneTimeLink {
  if (!link || link.kind !== kind || now >= link.expiresAt) throw unknownLink(kind);
}
