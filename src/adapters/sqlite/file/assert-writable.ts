import type { Database } from 'better-sqlite3';
import { DomainError } from '../../../domain/errors.ts';
import { prepareTouch } from '../log/write-ahead-log.ts';
import type { SqliteUnitOfWork } from '../unit-of-work.ts';
import type { DatabaseWatch } from './watch.ts';

/** The caller waits no longer than this, though another process may hold the lock for longer. */
const PATIENCE_MS = 1_500;

/** Commits a write that changes nothing: a transaction without a write would succeed even on a full disk. */
export function makeAssertWritable({
  database,
  unitOfWork,
  watch,
}: {
  readonly database: Database;
  readonly unitOfWork: SqliteUnitOfWork;
  readonly watch: Pick<DatabaseWatch, 'assertInPlace'>;
}): () => Promise<void> {
  const touch = prepareTouch(database);

  return async () => {
    watch.assertInPlace();
    await inTime(unitOfWork.run(async () => touch.run()));
  };
}

async function inTime(writing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const refuse = () => reject(new DomainError('unavailable', 'The storage takes too long to answer.'));
    timer = setTimeout(refuse, PATIENCE_MS);
  });
  try {
    await Promise.race([writing, late]);
  } finally {
    clearTimeout(timer);
  }
}
