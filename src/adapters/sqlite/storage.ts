import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../../application/ports/log.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Storage } from '../../application/ports/storage.ts';
import { makeStore } from '../kysely/store.ts';
import { completeRestore, isRestoring } from './backup/restore.ts';
import { makeAssertWritable } from './file/assert-writable.ts';
import { assertIntactAtStart } from './file/intact.ts';
import { whenUnlocked } from './file/lock.ts';
import { assertOneName, prepareDatabasePlace } from './file/place.ts';
import { makePrivateFile } from './file/private-files.ts';
import { lockForThisProcess, type ProcessLock } from './file/process-lock.ts';
import { assertNotForeign, type Contents, recognise } from './file/recognise.ts';
import { DatabaseWatch } from './file/watch.ts';
import { openReader, openWriter } from './handles.ts';
import { SqliteJobsClock } from './jobs-clock.ts';
import { Scrubber } from './log/scrubber.ts';
import { SqliteUnitOfWork } from './unit-of-work.ts';

/** How long to wait for another server that has been told to stop and still finishes what it began. */
const PREDECESSOR_PATIENCE_MS = 5_000;

interface Opening {
  /** Upgrades a file of the original app in its place. Without it such a file is refused. */
  readonly upgradeOriginal?: (path: string) => Promise<void>;
  readonly measurements?: Measurements | undefined;
  /** Whether a missing file is an error. */
  readonly mustExist?: boolean | undefined;
}

/**
 * Opens or creates the database file and brings its schema up to date.
 * @throws Error when another process has the file open, or when it is damaged, not writable, of a newer version, or the file
 * of another program
 */
export async function openSqliteStorage(path: string, log: Log, opening: Opening = {}): Promise<Storage> {
  const { upgradeOriginal, measurements } = opening;
  const isNew = !existsSync(path) && !isRestoring(path);
  if (isNew && opening.mustExist)
    throw new Error(`There is no file ${path}, and mode=rw in DATABASE_URL forbids creating one.`);
  const hasDirectory = existsSync(dirname(path));
  const file = prepareDatabasePlace(path);
  assertOneName(file);
  if (!isRestoring(file)) assertNotForeign(file);
  const lock = await lockForThisProcess(file, {
    patience: PREDECESSOR_PATIENCE_MS,
    onWait: () =>
      log.info({ event: 'database_in_use' }, 'another process has the database open; waiting for it to stop'),
  });
  try {
    completeRestore(file);
    const contents = await recogniseLocked(file);
    makePrivateFile(file);
    assertIntactAtStart(file);
    if (contents === 'original') await (upgradeOriginal ?? refuseOriginal)(file);
    const storage = await openLocked(file, { lock, log, measurements });
    if (isNew) reportCreated(log, { file, hasDirectory });
    return storage;
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function refuseOriginal(): Promise<never> {
  throw new Error('This database is of the original app: it is upgraded when the server starts on it.');
}

/** A wrong path in DATABASE_URL looks like lost data: the operator is told that the database is new, and where it is. */
function reportCreated(
  log: Log,
  { file, hasDirectory }: { readonly file: string; readonly hasDirectory: boolean },
): void {
  const details = { event: 'database_created', file, new_directory: !hasDirectory };
  if (hasDirectory) log.info(details, 'there was no database at this path: a new, empty one was created');
  else
    log.warn(
      details,
      'neither the database nor its directory existed: both were created. If you expected data here, check DATABASE_URL',
    );
}

interface Surroundings {
  readonly lock: ProcessLock;
  readonly log: Log;
  readonly measurements: Measurements | undefined;
}

async function openLocked(path: string, { lock, log, measurements }: Surroundings): Promise<Storage> {
  const jobsClock = new SqliteJobsClock();
  const { writer, writes, db, home, installation } = await openWriter(path, jobsClock);
  const { reader, view } = openReader(path, jobsClock);

  const watch = new DatabaseWatch({ writer, lock: lock.path, log });
  const unitOfWork = new SqliteUnitOfWork({
    database: writer,
    writes,
    store: makeStore(db),
    jobsClock,
    watch,
    measurements,
  });
  const scrubber = new Scrubber(writer);

  let closed: Promise<void> | undefined;
  return {
    installation,
    unitOfWork,
    view,
    scrub: () => scrubber.scrub(),
    assertWritable: makeAssertWritable({ database: writer, unitOfWork, watch }),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };

  async function closeAll(): Promise<void> {
    await unitOfWork.close();
    await scrubber.stop();
    await watch.stop();
    await home.renewMark();
    reader.close();
    writer.close();
    // Last: closing a file drops all locks that this process has on it.
    lock.release();
  }
}

async function recogniseLocked(path: string): Promise<Contents> {
  let contents: Contents = 'nothing';
  await whenUnlocked(() => {
    contents = recognise(path);
  });
  return contents;
}
