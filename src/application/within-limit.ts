import { DomainError } from '../domain/errors.ts';
import type { LimitName, RateLimits } from './ports/rate-limits.ts';

export interface Limited {
  readonly limit: LimitName;
  readonly key: string;
  /** A sentence that says what there was too much of. */
  readonly refusal: string;
}

/**
 * Takes one unit of the limit and does the work. Work that fails gives its unit back. The unit is taken first, so that concurrent calls
 * cannot exceed the limit.
 * @throws DomainError `too_many_requests`, or what the work throws
 */
export async function withinLimit<T>(
  rateLimits: RateLimits,
  { limit, key, refusal }: Limited,
  work: () => Promise<T>,
): Promise<T> {
  const wait = await rateLimits.take(limit, key);
  if (wait > 0) throw tooManyRequests(refusal, wait);
  try {
    return await work();
  } catch (error) {
    await rateLimits.giveBack(limit, key);
    throw error;
  }
}

/** The sentence says roughly when to try again; `retryAfterMs` says it exactly. */
export function tooManyRequests(refusal: string, retryAfterMs: number): DomainError {
  return new DomainError('too_many_requests', `${refusal} Try again ${inWords(retryAfterMs)}.`, { retryAfterMs });
}

function inWords(ms: number): string {
  if (ms <= 5_000) return 'in a moment';
  return ms <= 60_000 ? 'in a minute' : `in ${Math.ceil(ms / 60_000)} minutes`;
}
