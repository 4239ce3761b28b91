import type { Password } from '../../../domain/identity/password.ts';
import type { UsernameKey } from '../../../domain/identity/username.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { LimitName, RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Timer } from '../../ports/timer.ts';
import { tooManyRequests } from '../../within-limit.ts';
import { type DelayCaps, GuessDelays } from './guess-delays.ts';
import { type Counter, TakenCounters } from './taken-counters.ts';

export interface Guess {
  readonly name: UsernameKey;
  /** The subscriber that the guess comes from, and the larger network around it. */
  readonly address: string;
  readonly network: string;
  /** The browser's token, if the account has signed in there before. */
  readonly device: string | undefined;
}

/** Whether a guess is right. It calls `begin` when its turn has come, before anything is compared. */
type Check = (begin: () => Promise<void>) => Promise<boolean>;

export interface PasswordGuess extends Guess {
  /** Undefined when no account has this name. The guess is then counted, and takes as long, like a wrong password. */
  readonly hash: string | undefined;
  readonly password: Password;
}

interface Counters {
  /** The caller's own counter: guesses past the limit are refused, correct ones too. */
  readonly own: Counter;
  /** Counters that other callers also use up. Guesses past these limits are only delayed, so that an attacker cannot lock out an owner. */
  readonly shared: readonly Counter[];
}

interface Counting extends Counters {
  /** What to do with a guess that finds a shared limit used up when its turn comes. */
  readonly whenUsedUp: 'give up' | 'go on';
}

export interface PasswordGuessDeps {
  readonly rateLimits: RateLimits;
  readonly passwordHasher: PasswordHasher;
  readonly secrets: Secrets;
  readonly timer: Pick<Timer, 'after'>;
  readonly delayCaps: DelayCaps;
  readonly stopping: AbortSignal;
}

/**
 * Limits wrong passwords. Each caller may try a few for each name. A caller is an address, or a browser in which the account has signed
 * in before. Guesses from unknown browsers also count by address, by name and network, and by name, and are delayed past those limits.
 */
export class PasswordGuesses {
  readonly #rateLimits: RateLimits;
  readonly #hasher: PasswordHasher;
  readonly #secrets: Secrets;
  readonly #delays: GuessDelays;

  constructor(deps: PasswordGuessDeps) {
    this.#rateLimits = deps.rateLimits;
    this.#hasher = deps.passwordHasher;
    this.#secrets = deps.secrets;
    this.#delays = new GuessDelays(deps);
  }

  /**
   * Whether the password is correct. A correct one resets the caller's counter for the name.
   * @throws DomainError `too_many_requests`, also for a correct password; `unavailable`
   */
  isRight(guess: PasswordGuess): Promise<boolean> {
    return this.isRightBy(guess, (begin) => this.#verify(guess, begin));
  }

  /** The same for a secret that stands in place of the password, with the same counters. */
  async isRightBy(guess: Guess, check: Check): Promise<boolean> {
    const counters = this.#countersOf(guess);
    // Callers past their limits must not take places in the queue for hashing.
    const [own = 0, ...shared] = await Promise.all([counters.own, ...counters.shared].map((one) => this.#wait(one)));
    if (own > 0) throw tooManyRequests(REFUSAL, own);
    if (shared.some((wait) => wait > 0)) return this.#tryDelayed(guess, check, counters);
    try {
      return await this.#try(check, { ...counters, whenUsedUp: 'give up' });
    } catch (error) {
      // Other guesses used up the limit while this one waited in the queue.
      if (!(error instanceof UsedUp)) throw error;
      return this.#tryDelayed(guess, check, counters);
    }
  }

  async #tryDelayed(guess: Guess, check: Check, counters: Counters): Promise<boolean> {
    await this.#delays.wait(guess);
    return this.#try(check, { ...counters, whenUsedUp: 'go on' });
  }

  async #try(check: Check, { own, shared, whenUsedUp }: Counting): Promise<boolean> {
    const taken = new TakenCounters(this.#rateLimits);
    // Not while it waits in the queue.
    const begin = async () => {
      const wait = await taken.take(own);
      if (wait > 0) throw tooManyRequests(REFUSAL, wait);
      for (const counter of shared) {
        if ((await taken.take(counter)) > 0 && whenUsedUp === 'give up') throw new UsedUp();
      }
    };
    try {
      if (!(await check(begin))) return false;
    } catch (error) {
      await taken.giveBack();
      throw error;
    }
    await taken.giveBack();
    await this.#rateLimits.forget(own.limit, own.key);
    return true;
  }

  #verify({ hash, password, address }: PasswordGuess, begin: () => Promise<void>): Promise<boolean> {
    const attempt = { password, address, begin };
    return hash === undefined ? this.#hasher.verifyNothing(attempt) : this.#hasher.verify(hash, attempt);
  }

  #wait({ limit, key }: Counter): Promise<number> {
    return this.#rateLimits.wait(limit, key);
  }

  #countersOf({ name, address, network, device }: Guess): Counters {
    // Digests, because names can be long and should not be stored with the counters.
    const digested = (limit: LimitName, ...parts: string[]) => ({ limit, key: this.#secrets.digest(parts.join(' ')) });
    if (device !== undefined) return { own: digested('sign_in_failures', 'device', device), shared: [] };
    return {
      own: digested('sign_in_failures', address, name),
      shared: [
        { limit: 'sign_in_failures_of_address', key: address },
        digested('sign_in_failures_of_network', network, name),
        digested('sign_in_failures_of_name', name),
      ],
    };
  }
}

/** Thrown when the turn of a guess has come and a shared limit is used up. */
class UsedUp extends Error {}

const REFUSAL = 'Too many wrong passwords came from your address.';
