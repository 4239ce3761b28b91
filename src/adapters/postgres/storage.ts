import pg from 'pg';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Storage } from '../../application/ports/storage.ts';
import type { Installation } from '../../domain/installation.ts';
import { assertNoUnfinishedMove } from '../kysely/move/unfinished.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { makeStore } from '../kysely/store.ts';
import { makeAssertWritable } from './assert-writable.ts';
import { openReadingDatabase, openWritingDatabase } from './database.ts';
import { settle } from './home.ts';
import { batchLookUps } from './look-ups.ts';
import { kyselyOver, migrate } from './migrate.ts';
import { Posts } from './posts.ts';
import { connectionSettings, SESSION_SETTINGS } from './settings.ts';
import { Transactions } from './transactions.ts';
import { PostgresUnitOfWork } from './unit-of-work.ts';
import { Vacuum } from './vacuum.ts';
import { Writer } from './writer.ts';

/** Connections for reading. A server allows a hundred by default, for all instances together. */
const READERS = 8;

/**
 * Connects to a PostgreSQL database and brings its schema up to date. One connection writes and a few read. Lost connections
 * are replaced, and no caller waits longer than two seconds for one.
 */
export async function openPostgresStorage(
  url: string,
  { measurements }: { readonly measurements?: Measurements | undefined } = {},
): Promise<Storage> {
  const readers = openPool(url);
  const reading = openReadingDatabase(readers);
  const installation = await prepareDatabase(readers, reading);
  const writer = new Writer(url);
  const writing = openWritingDatabase(writer);
  const store = makeStore(writing);
  const transactions = new Transactions({ writer, store, posts: new Posts({ db: writing, writer }) });
  const unitOfWork = new PostgresUnitOfWork({ writer, transactions, measurements });
  const vacuum = new Vacuum(url);
  let closed: Promise<void> | undefined;
  return {
    installation,
    unitOfWork,
    view: {
      ...batchLookUps(makeStore(reading), reading),
      // Other instances commit too, so this one cannot tell whether anything has changed.
      version: () => undefined,
      time: () => readTime(reading),
    },
    scrub: async () => vacuum.request(),
    assertWritable: makeAssertWritable(readers),
    close() {
      closed ??= unitOfWork.close().then(async () => {
        await Promise.all([writer.close(), readers.end(), vacuum.stop()]);
      });
      return closed;
    },
  };
}

function openPool(url: string): pg.Pool {
  const onConnect = async (client: pg.ClientBase) => void (await client.query(SESSION_SETTINGS));
  const pool = new pg.Pool({ ...connectionSettings(url), max: READERS, onConnect });
  // Without a listener the loss of an idle connection would end the process. The pool has dropped it already.
  pool.on('error', () => undefined);
  return pool;
}

async function prepareDatabase(pool: pg.Pool, db: SqlDatabase): Promise<Installation> {
  try {
    return await migrate(pool, async () => {
      await assertNoUnfinishedMove(db);
      return settle(kyselyOver(pool));
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function readTime(db: SqlDatabase): Promise<number | undefined> {
  const [row] = await db.run<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    [],
  );
  return row?.now;
}
