import { addRows, countRows, lastRow, type MovableDatabase, rowsAfter } from './movable.ts';
import { MOVED_TABLES, type MovedTable } from './tables.ts';
import { beginMove, endMove, unfinishedMove } from './unfinished.ts';
import { verifyMove } from './verify.ts';

export interface MoveProgress {
  readonly step: 'copying' | 'comparing';
  readonly done: number;
  readonly of: number;
}

export interface Move {
  readonly from: MovableDatabase;
  readonly to: MovableDatabase;
  /** A name for the source that is the same in each run and contains no password. */
  readonly source: string;
  readonly tell: (progress: MoveProgress) => void;
}

export interface Moved {
  /** The number of rows, by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** The number of rows that were changed because the target cannot store them as they were. */
  readonly fitted: number;
}

const BATCH = 1_000;

/**
 * Copies an installation table by table in key order, and compares every row of both databases. After an interruption the next
 * run continues behind the last row that arrived.
 * @throws Error when the target holds another installation, or differs from the source in the end
 */
export async function moveInstallation({ from, to, source, tell }: Move): Promise<Moved> {
  await claim(to, source);
  const counts = await countAll(from);
  const of = sum(counts);
  let done = sum(await countAll(to));
  for (const table of MOVED_TABLES) {
    await copy(table, (rows) => {
      done += rows;
      tell({ step: 'copying', done, of });
    });
  }
  await to.continueIds();
  const fitted = await verifyMove({ from, to, tell: (compared) => tell({ step: 'comparing', done: compared, of }) });
  await to.settle();
  await endMove(to.db);
  return { counts, fitted };

  async function copy(table: MovedTable, arrived: (rows: number) => void): Promise<void> {
    let after = await lastRow(to.db, table);
    for (;;) {
      const rows = await rowsAfter(from.db, table, { after, limit: BATCH });
      if (rows.length === 0) return;
      await addRows(to.db, table, rows.map(to.hold));
      after = rows.at(-1);
      arrived(rows.length);
    }
  }
}

/** Accepts an empty database, or one that an earlier run of the same move began to fill. */
async function claim({ db }: MovableDatabase, source: string): Promise<void> {
  const begun = await unfinishedMove(db);
  if (begun === source) return;
  if (begun) throw new Error(`A move from ${begun} into the target is unfinished.`);
  // A server that was started on the target and never used has only added the installation.
  const { installation: _named, ...counts } = await countAll({ db });
  if (sum(counts) > 0) throw new Error('The target already holds an installation: nothing was changed.');
  await db.deleteFrom('installation').execute();
  await beginMove(db, source);
}

async function countAll({ db }: Pick<MovableDatabase, 'db'>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of MOVED_TABLES) counts[table.name] = await countRows(db, table);
  return counts;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
