import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import { type MovableDatabase, type Row, rowsAfter } from './movable.ts';
import { MOVED_TABLES, type MovedTable } from './tables.ts';

const BATCH = 1_000;

/**
 * Reads everything on both sides, and compares a digest of each table, and of the messages of each chat.
 * @throws Error that names what differs
 */
export async function verifyMove(options: {
  readonly from: MovableDatabase;
  readonly to: MovableDatabase;
  readonly tell: (compared: number) => void;
}): Promise<void> {
  let compared = 0;
  for (const table of MOVED_TABLES) {
    const digests = await digestsOf(options.from.db, table, (rows) => {
      compared += rows;
      options.tell(compared);
    });
    const arrived = await digestsOf(options.to.db, table, () => undefined);
    const different = [...new Set([...digests.keys(), ...arrived.keys()])].find(
      (part) => digests.get(part) !== arrived.get(part),
    );
    if (different !== undefined) throw new Error(`${different} did not arrive as it was.`);
  }
}

/** By the name of what was digested: each chat's messages, and any other table as a whole. */
async function digestsOf(
  db: Kysely<Schema>,
  table: MovedTable,
  read: (rows: number) => void,
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
      hash.update(canonical(row));
    }
    if (rows.length === 0) break;
    read(rows.length);
    after = rows.at(-1);
  }
  finish();
  return digests;
}

/** The same text for the same row, in whatever order its columns come. */
function canonical(row: Row): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
