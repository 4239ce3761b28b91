import { Conflict, DomainError } from '../errors.ts';
import type { Session } from './session.ts';

/** What a user's phone and the installation share to make the codes of the second step of signing in (RFC 6238). */
export interface TwoStep {
  /** Base32, 160 bits. */
  readonly secret: string;
  /** Since when (ms) signing in needs a code; null until the first code has shown that the phone has the secret. */
  readonly enabledAt: number | null;
  /** The time step of the last code that was accepted, which is never accepted again. */
  readonly lastStep: number;
}

const STEP_MS = 30_000;
const DIGITS = /^\d{6}$/;
const RECOVERY = /^[A-Z2-7]{24}$/;

export const RECOVERY_CODES = 10;
/** Of each recovery code: too many bits to find one by its digest. */
export const RECOVERY_BYTES = 15;
/** Of the secret, as RFC 4226 recommends. */
export const SECRET_BYTES = 20;

export const isEnabled = (known: TwoStep | undefined): known is TwoStep & { readonly enabledAt: number } =>
  known !== undefined && known.enabledAt !== null;

/**
 * The time step of which this is the code; undefined where it is none, or was accepted before. The clock of a phone may be half a minute off.
 * @param codeAt the code of a time step
 */
export function stepOf(
  typed: string,
  {
    now,
    lastStep,
    codeAt,
  }: { readonly now: number; readonly lastStep: number; readonly codeAt: (step: number) => string },
): number | undefined {
  const code = withoutGaps(typed);
  if (!DIGITS.test(code)) return undefined;
  const current = Math.floor(now / STEP_MS);
  return [current - 1, current, current + 1].find((step) => step > lastStep && codeAt(step) === code);
}

/** A recovery code as it is compared; undefined for what cannot be one. */
export function recoveryCodeIn(typed: string): string | undefined {
  const code = withoutGaps(typed).toUpperCase();
  return RECOVERY.test(code) ? code : undefined;
}

/** A recovery code as people read it: in small letters, in groups of four. */
export const shownRecoveryCode = (code: string): string => code.toLowerCase().replaceAll(/.{4}(?=.)/g, '$&-');

const withoutGaps = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

const CONFIRMED_FOR_MS = 10 * 60_000;

/** Whether the person of this session showed who they are, by signing in or by `confirm-identity`, in the last ten minutes. */
export const isConfirmed = ({ createdAt, confirmedAt = 0 }: Session, now: number): boolean =>
  now < Math.max(createdAt, confirmedAt) + CONFIRMED_FOR_MS;

/** @throws DomainError `confirmation_needed` */
export function assertConfirmed(session: Session | undefined, now: number): void {
  if (session && isConfirmed(session, now)) return;
  throw new DomainError('confirmation_needed', 'Confirm that it is you. It holds for ten minutes.');
}

/** @throws DomainError `wrong_code`, also for a code that was used */
export const wrongCode = (): DomainError =>
  new DomainError('wrong_code', 'That code is wrong, or was used already. Wait for the next one.');

export const twoStepIsOn = (): Conflict => new Conflict('two_step_on', 'Two-step sign-in is on already.');

export const twoStepIsOff = (): Conflict =>
  new Conflict('two_step_off', 'Two-step sign-in is not being set up. Begin again.');

/** The password was right, and the account asks for a code too. */
export class CodeNeeded extends DomainError {
  /** Presented with the code, in place of the name and the password, within five minutes. */
  readonly ticket: string;

  constructor(ticket: string) {
    super('code_needed', 'This account needs a code too. Enter the one of your app, or a recovery code.');
    this.ticket = ticket;
  }
}
