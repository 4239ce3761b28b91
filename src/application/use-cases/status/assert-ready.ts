import type { Storage } from '../../ports/storage.ts';
import type { Timer } from '../../ports/timer.ts';

/**
 * Resolves when the storage accepts writes.
 * @throws DomainError `unavailable`
 */
export type AssertReady = () => Promise<void>;

/** How long an answer is reused, also a negative one. */
const HOLDS_MS = 1_000;

export function makeAssertReady({
  assertWritable,
  timer,
}: Pick<Storage, 'assertWritable'> & { readonly timer: Timer }): AssertReady {
  let asked: Promise<void> | undefined;
  let answeredAt: number | undefined;

  return () => {
    const isStale = answeredAt !== undefined && timer.elapsed() - answeredAt >= HOLDS_MS;
    if (asked && !isStale) return asked;
    answeredAt = undefined;
    asked = assertWritable().finally(() => {
      answeredAt = timer.elapsed();
    });
    return asked;
  };
}
