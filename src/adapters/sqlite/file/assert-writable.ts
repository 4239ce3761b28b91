import type { Database } from 'better-sqlite3';
import { DomainError } from '../../../domain/errors.ts';
import { prepareTouch } from '../log/write-ahead-log.ts';
import type { SqliteUnitOfWork } from '../unit-of-work.ts';
import type { DatabaseWatch } from './watch.ts';

/** A commit is proof for so long that the next one would succeed too. */
const PROOF_LASTS_MS = 2_000;
const PATIENCE_MS = 1_500;

/**
 * Trusts a commit that was just made, and otherwise makes one: a transaction without a write would begin and end well on a
 * full disk. Whoever asks meanwhile waits for the same one.
 */
export function makeAssertWritable({
  database,
  unitOfWork,
  watch,
}: {
  readonly database: Database;
  readonly unitOfWork: SqliteUnitOfWork;
  readonly watch: Pick<DatabaseWatch, 'assertInPlace'>;
}) {
  const touch = prepareTouch(database);
  let trying: Promise<unknown> | undefined;

  return async (): Promise<void> => {
    watch.assertInPlace();
    const { committedAt, isClosed } = unitOfWork;
    const isProved = committedAt !== undefined && performance.now() - committedAt < PROOF_LASTS_MS;
    if (isProved && !isClosed) return;
    trying ??= unitOfWork
      .run(async () => touch.run())
      .finally(() => {
        trying = undefined;
      });
    await inTime(trying);
  };
}

/** A lock of another process is waited for longer than whoever asks whether one can write wants to wait. */
async function inTime(trying: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const refuse = () => reject(new DomainError('unavailable', 'The storage takes too long to answer.'));
    timer = setTimeout(refuse, PATIENCE_MS);
  });
  try {
    await Promise.race([trying, late]);
  } finally {
    clearTimeout(timer);
  }
}
