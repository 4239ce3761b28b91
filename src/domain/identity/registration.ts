import { Conflict } from '../errors.ts';

/** Who may register: everybody, holders of an invite that works, or nobody. The first account of an installation can always be made. */
export const REGISTRATIONS = ['open', 'invite', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

const UNDO_WITHIN = 30 * 60_000;

/** The moment (ms) until which a registration can be undone: long enough to notice a mistyped name. */
export const registrationUndoableUntil = (registeredAt: number): number => registeredAt + UNDO_WITHIN;

/** @param until undefined once the account was used: it signed in again, or joined or created a chat */
export const isRegistrationUndoable = (until: number | undefined, now: number): boolean =>
  until !== undefined && now < until;

/** @throws DomainError `conflict` */
export function assertRegistrationUndoable(until: number | undefined, now: number): void {
  if (isRegistrationUndoable(until, now)) return;
  throw new Conflict(
    'account_settled',
    'This account stays: it was used since it was created, or is more than 30 minutes old. Log out to sign in with another name.',
  );
}
