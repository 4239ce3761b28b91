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
import { lookingUpTogether } from './looking-up.ts';
import { kyselyOver, migrate } from './migrate.ts';
import { Posts } from './posts.ts';
import { connectionSettings, SESSION_SETTINGS } from './settings.ts';
import { Transactions } from './transactions.ts';
import { PostgresUnitOfWork } from './unit-of-work.ts';
import { Vacuum } from './vacuum.ts';
import { Writer } from './writer.ts';

/** Connections for reading. The server has a hundred by default, for all instances together. */
const READERS = 8;

/**
 * Connects to a PostgreSQL database and brings its schema up to date. One connection writes and a few read; all are made
 * anew when they are lost, and nobody waits for one longer than two seconds.
 */
export async function openPostgresStorage(
  url: string,
  { measurements }: { readonly measurements?: Measurements | undefined } = {},
): Promise<Storage> {
  const onConnect = async (client: pg.ClientBase) => void (await client.query(SESSION_SETTINGS));
  const readers = new pg.Pool({ ...connectionSettings(url), max: READERS, onConnect });
  // Without a listener an idle connection that is lost would end the process; the pool has let go of it by itself.
  readers.on('error', () => undefined);
  const writer = new Writer(url);
  let closed: Promise<void> | undefined;
  const reading = openReadingDatabase(readers);
  let installation: Installation;
  try {
    installation = await migrate(readers, async () => {
      await assertNoUnfinishedMove(reading);
      return settle(kyselyOver(readers));
    });
  } catch (error) {
    await readers.end();
    throw error;
  }

  const writing = openWritingDatabase(writer);
  const store = makeStore(writing);
  const transactions = new Transactions({ writer, store, posts: new Posts({ db: writing, writer }) });
  const unitOfWork = new PostgresUnitOfWork({ writer, transactions, measurements });
  const vacuum = new Vacuum(url);
  return {
    installation,
    unitOfWork,
    // Other instances commit too, so that this one alone cannot tell.
    view: {
      ...lookingUpTogether(makeStore(reading), reading),
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

async function readTime(db: SqlDatabase): Promise<number | undefined> {
  const [row] = await db.run<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    [],
  );
  return row?.now;
}
