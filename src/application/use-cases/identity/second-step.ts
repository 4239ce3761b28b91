import { DomainError } from '../../../domain/errors.ts';
import { isEnabled, recoveryCodeIn, stepOf, wrongCode } from '../../../domain/identity/two-step.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { TwoSteps } from '../../ports/two-step.ts';
import { tooManyRequests } from '../../within-limit.ts';

interface Step {
  readonly userId: UserId;
  /** As typed; undefined where none was given. */
  readonly code: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Checks the codes of the second step, each of which works once. */
export class SecondStep {
  readonly #secrets: Pick<Secrets, 'timeCode' | 'digest'>;
  readonly #rateLimits: RateLimits;

  constructor({ secrets, rateLimits }: { readonly secrets: Secrets; readonly rateLimits: RateLimits }) {
    this.#secrets = secrets;
    this.#rateLimits = rateLimits;
  }

  /**
   * Whether the user need not take the step, or takes it with this code, which is then used up. False where a code is needed and none was
   * given.
   * @throws DomainError `wrong_code`
   */
  async isTaken(twoStep: TwoSteps, { userId, code, now }: Step): Promise<boolean> {
    const known = await twoStep.of(userId);
    if (!isEnabled(known)) return true;
    if (code === undefined) return false;
    const recovery = recoveryCodeIn(code);
    if (recovery !== undefined && (await twoStep.useRecovery(userId, this.#secrets.digest(recovery)))) return true;
    const codeAt = (step: number) => this.#secrets.timeCode(known.secret, step);
    const step = stepOf(code, { now, lastStep: known.lastStep, codeAt });
    if (step === undefined || !(await twoStep.use(userId, step))) throw wrongCode();
    return true;
  }

  /**
   * Does what a code is needed for. Only wrong codes count against the user's limit.
   * @throws DomainError `too_many_requests`, or what the work throws
   */
  async counted<T>(userId: UserId, work: () => Promise<T>): Promise<T> {
    const [limit, key] = ['wrong_codes', String(userId)] as const;
    // Counted before it is tried, so that guesses at the same time cannot exceed the limit.
    const wait = await this.#rateLimits.take(limit, key);
    if (wait > 0) throw tooManyRequests('Too many wrong codes were entered.', wait);
    try {
      const result = await work();
      await this.#rateLimits.giveBack(limit, key);
      return result;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'wrong_code')) await this.#rateLimits.giveBack(limit, key);
      throw error;
    }
  }
}
