import type { Storage } from '../../ports/storage.ts';
import type { Timer } from '../../ports/timer.ts';

/**
 * Resolves when something could be stored at this moment.
 * @throws DomainError `unavailable`
 */
export type AssertReady = () => Promise<void>;

/** So long an answer holds, a bad one too: asking more often asks nobody. */
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
