import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import { type MovableDatabase, type Row, rowsAfter } from './movable.ts';
import { MOVED_TABLES, type MovedTable } from './tables.ts';

const BATCH = 1_000;

/**
 * Reads both databases and compares a digest of each table, and of the messages of each chat. Returns the number of rows that
 * the target cannot store as they were.
 * @throws Error that names the difference
 */
export async function verifyMove(options: {
  readonly from: MovableDatabase;
  readonly to: MovableDatabase;
  readonly tell: (compared: number) => void;
}): Promise<number> {
  let compared = 0;
  let fitted = 0;
  const hold = (row: Row): Row => {
    const held = options.to.hold(row);
    if (held !== row) fitted += 1;
    return held;
  };
  const tell = (rows: number) => {
    compared += rows;
    options.tell(compared);
  };
  for (const table of MOVED_TABLES) {
    const digests = await digestsOf(options.from.db, table, { hold, read: tell });
    const arrived = await digestsOf(options.to.db, table, { hold: (row) => row, read: () => undefined });
    const different = [...new Set([...digests.keys(), ...arrived.keys()])].find(
      (part) => digests.get(part) !== arrived.get(part),
    );
    if (different !== undefined) throw new Error(`${different} did not arrive as it was.`);
  }
  return fitted;
}

/** The digests by name: one for the messages of each chat, and one for each other table. */
async function digestsOf(
  db: Kysely<Schema>,
  table: MovedTable,
  { hold, read }: { readonly hold: (row: Row) => Row; readonly read: (rows: number) => void },
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  let part: string | undefined;
  let hash = createHash('sha256');
  const finish = () => part !== undefined && digests.set(part, hash.digest('hex'));
  for (let after: Row | undefined; ; ) {
    const rows = await rowsAfter(db, table, { after, limit: BATCH });
    for (const row of rows) {
      const of = table.name === 'messages' ? `Chat ${row.chat_id}` : `Table ${table.name}`;
      if (of !== part) {
        finish();
        part = of;
        hash = createHash('sha256');
      }
      hash.update(canonical(hold(row)));
    }
    if (rows.length === 0) break;
    read(rows.length);
    after = rows.at(-1);
  }
  finish();
  return digests;
}

/** A text for the row that does not depend on the order of its columns. */
function canonical(row: Row): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
