import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitName, Rate, RateLimits } from '../../application/ports/rate-limits.ts';

export type Rates = Readonly<Record<LimitName, Rate>>;

/**
 * The port over limiters of `rate-limiter-flexible`, one for each limit. A refused `consume` must leave the count as it was, and
 * `reward` must not make it negative.
 */
export function makeRateLimits(
  rates: Rates,
  makeLimiter: (name: LimitName, rate: Rate) => RateLimiterAbstract,
): RateLimits {
  const limiters: Readonly<Record<LimitName, RateLimiterAbstract>> = {
    sign_in_failures: limiter('sign_in_failures'),
    sign_in_failures_of_address: limiter('sign_in_failures_of_address'),
    sign_in_failures_of_network: limiter('sign_in_failures_of_network'),
    sign_in_failures_of_name: limiter('sign_in_failures_of_name'),
    registrations: limiter('registrations'),
    wrong_codes: limiter('wrong_codes'),
    passkey_challenges: limiter('passkey_challenges'),
    new_chats: limiter('new_chats'),
    new_invites: limiter('new_invites'),
    renames: limiter('renames'),
    pictures: limiter('pictures'),
    uploads: limiter('uploads'),
    exports: limiter('exports'),
    link_cards_of_user: limiter('link_cards_of_user'),
    link_cards_of_chat: limiter('link_cards_of_chat'),
  };

  function limiter(name: LimitName): RateLimiterAbstract {
    return makeLimiter(name, rates[name]);
  }

  return {
    async take(limit, key) {
      try {
        await limiters[limit].consume(key);
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
        throw refused;
      }
    },
    async wait(limit, key) {
      const left = await limiters[limit].get(key);
      return left === null || left.remainingPoints > 0 ? 0 : left.msBeforeNext;
    },
    async giveBack(limit, key) {
      await limiters[limit].reward(key);
    },
    async forget(limit, key) {
      await limiters[limit].delete(key);
    },
  };
}

/** For `RATE_LIMITS=off`. */
export const noRateLimits: RateLimits = {
  take: async () => 0,
  wait: async () => 0,
  giveBack: async () => undefined,
  forget: async () => undefined,
};
