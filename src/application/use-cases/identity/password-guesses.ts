import type { Password } from '../../../domain/identity/password.ts';
import type { UsernameKey } from '../../../domain/identity/username.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { LimitName, RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { tooManyRequests } from '../../within-limit.ts';

export interface PasswordGuess {
  /** Undefined when nobody has this name. That is limited, and takes its time, like a wrong password. */
  readonly hash: string | undefined;
  readonly password: Password;
  readonly name: UsernameKey;
  /** What stands for where the guess came from. */
  readonly address: string;
}

/**
 * Lets so many wrong passwords be tried for one name from one address, and from one address for all names, and no more,
 * however many are tried at once. Who asks from elsewhere is not kept out by it.
 */
export class PasswordGuesses {
  readonly #rateLimits: RateLimits;
  readonly #hasher: PasswordHasher;
  readonly #secrets: Secrets;

  constructor(deps: {
    readonly rateLimits: RateLimits;
    readonly passwordHasher: PasswordHasher;
    readonly secrets: Secrets;
  }) {
    this.#rateLimits = deps.rateLimits;
    this.#hasher = deps.passwordHasher;
    this.#secrets = deps.secrets;
  }

  /**
   * Whether it is right; a right one leaves nothing counted for the name.
   * @throws DomainError `too_many_requests`, for a right one too; `unavailable`
   */
  async isRight({ hash, password, name, address }: PasswordGuess): Promise<boolean> {
    // A digest, since a name can be long and belongs in no place that counts.
    const both = this.#secrets.digest(`${address} ${name}`);
    // Whoever has used up theirs stands in nobody's way.
    await this.#refuseAfter(this.#rateLimits.wait(BY_NAME, both));
    await this.#refuseAfter(this.#rateLimits.wait(BY_ADDRESS, address));
    // Counted as wrong before it is tried, and that only when its turn has come: those in the queue keep nobody out.
    const begin = () => this.#reserve(both, address);
    const isRight = await (hash === undefined
      ? this.#hasher.verifyNothing({ password, address, begin })
      : this.#hasher.verify(hash, { password, address, begin }));
    if (!isRight) return false;
    await this.#rateLimits.forget(BY_NAME, both);
    await this.#rateLimits.giveBack(BY_ADDRESS, address);
    return true;
  }

  async #reserve(both: string, address: string): Promise<void> {
    await this.#refuseAfter(this.#rateLimits.take(BY_NAME, both));
    const wait = await this.#rateLimits.take(BY_ADDRESS, address);
    if (wait === 0) return;
    await this.#rateLimits.giveBack(BY_NAME, both);
    throw tooManyRequests(REFUSAL, wait);
  }

  async #refuseAfter(waiting: Promise<number>): Promise<void> {
    const wait = await waiting;
    if (wait > 0) throw tooManyRequests(REFUSAL, wait);
  }
}

const BY_NAME: LimitName = 'sign_in_failures';
const BY_ADDRESS: LimitName = 'sign_in_failures_of_address';
const REFUSAL = 'Too many wrong passwords came from your address.';
