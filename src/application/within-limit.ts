import { DomainError } from '../domain/errors.ts';
import type { LimitName, RateLimits } from './ports/rate-limits.ts';

export interface Limited {
  readonly limit: LimitName;
  readonly key: string;
  /** What there was too much of, as a sentence. */
  readonly refusal: string;
}

/**
 * Does the work if the limit leaves one to take. What fails has not happened and takes none, and no more is begun at once than
 * may succeed.
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

export function tooManyRequests(refusal: string, retryAfterMs: number): DomainError {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const when = minutes > 1 ? `in ${minutes} minutes` : 'in a minute';
  return new DomainError('too_many_requests', `${refusal} Try again ${when}.`, { retryAfterMs });
}
