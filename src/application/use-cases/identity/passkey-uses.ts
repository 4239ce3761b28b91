import { DomainError } from '../../../domain/errors.ts';
import { countsOn, type Passkey, passkeyId, wrongPasskey } from '../../../domain/identity/passkey.ts';
import type { ChallengePurpose } from '../../../domain/identity/passkey-challenge.ts';
import type { PasskeyAnswer, PasskeySite, PasskeyVerifier } from '../../ports/passkey-verifier.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Store, StoreView } from '../../ports/store.ts';
import { tooManyRequests } from '../../within-limit.ts';
import { type PasskeyChallengeDeps, takeChallenge } from './passkey-challenges.ts';
import { type Counter, TakenCounters } from './taken-counters.ts';

export interface PasskeyUseDeps extends PasskeyChallengeDeps {
  readonly view: StoreView;
  readonly rateLimits: RateLimits;
  readonly passkeyVerifier: PasskeyVerifier;
}

export interface PasskeyUse {
  readonly answer: PasskeyAnswer;
  readonly site: PasskeySite;
  /** As in `Credentials`: wrong answers are counted by it. */
  readonly address: string;
}

interface Asked {
  readonly purpose: ChallengePurpose;
  readonly holder: string;
}

export interface RightAnswer {
  readonly passkey: Passkey;
  /** Stores the use, in the unit of what it allows. @throws DomainError `wrong_passkey` */
  readonly store: (store: Pick<Store, 'passkeys'>) => Promise<void>;
}

/** Checks answers of passkeys, and counts the wrong ones as wrong passwords are counted, by passkey and address, and by address. */
export class PasskeyUses {
  readonly #deps: PasskeyUseDeps;

  constructor(deps: PasskeyUseDeps) {
    this.#deps = deps;
  }

  /**
   * Does what a right answer allows.
   * @throws DomainError `wrong_passkey`, `too_many_requests`, or what the work throws
   */
  async counted<T>(use: PasskeyUse, asked: Asked, work: (right: RightAnswer) => Promise<T>): Promise<T> {
    const { secrets, rateLimits } = this.#deps;
    const taken = new TakenCounters(rateLimits);
    const counters: readonly Counter[] = [
      { limit: 'sign_in_failures', key: secrets.digest(`passkey ${use.address} ${use.answer.id}`) },
      { limit: 'sign_in_failures_of_address', key: use.address },
    ];
    try {
      for (const counter of counters) {
        const wait = await taken.take(counter);
        if (wait > 0) throw tooManyRequests('Too many wrong passkeys came from your address.', wait);
      }
      const result = await work(await this.#check(use, asked));
      await taken.giveBack();
      return result;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'wrong_passkey')) await taken.giveBack();
      throw error;
    }
  }

  async #check({ answer, site }: PasskeyUse, asked: Asked): Promise<RightAnswer> {
    const { view, clock, passkeyVerifier } = this.#deps;
    const challenge = await takeChallenge(this.#deps, answer, asked);
    const passkey = await view.passkeys.find(passkeyId(answer.id));
    if (challenge === undefined || !passkey || !(await this.#isOwners(answer, passkey))) throw wrongPasskey();
    const verified = await passkeyVerifier.verifyUse(answer, { challenge, site, passkey });
    if (!verified || !countsOn(passkey.counter, verified.counter)) throw wrongPasskey();
    const use = { from: passkey.counter, counter: verified.counter, usedAt: clock.now() };
    return {
      passkey,
      async store({ passkeys }) {
        if (!(await passkeys.use(passkey.id, use))) throw wrongPasskey();
      },
    };
  }

  /** Whether the answer names the user as the authenticator was told, or does not name one. */
  async #isOwners({ response: { userHandle } }: PasskeyAnswer, { userId }: Passkey): Promise<boolean> {
    return userHandle == null || userHandle === '' || userHandle === (await this.#deps.view.passkeys.handleOf(userId));
  }
}
