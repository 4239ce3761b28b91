import { randomBytes } from 'node:crypto';
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { epoch, type Installation, installationId } from '../../domain/installation.ts';
import type { Schema } from './schema.ts';

const ID_BYTES = 16;

/** A random name of 128 bits: 22 characters of base64url. */
export const randomName = (): string => randomBytes(ID_BYTES).toString('base64url');

/**
 * Returns the installation of a database that is about to be served. A new database gets a new installation; a database that is
 * a copy of another gets a new epoch.
 * @param skipIds called before the epoch changes: ids that were assigned after the copy was made must not be assigned again,
 * because browsers keep drafts under them
 */
export async function settleInstallation(
  db: Kysely<Schema>,
  { isCopy, skipIds }: { readonly isCopy: boolean; readonly skipIds: () => Promise<void> },
): Promise<Installation> {
  const found = await db.selectFrom('installation').selectAll().executeTakeFirst();
  if (!found) {
    const made = { id: installationId(randomName()), epoch: epoch(randomName()) };
    await db.insertInto('installation').values(made).execute();
    return made;
  }
  if (!isCopy) return { id: found.id, epoch: found.epoch };
  await skipIds();
  const renewed = epoch(randomName());
  await db.updateTable('installation').set({ epoch: renewed }).execute();
  return { id: found.id, epoch: renewed };
}

/** More ids than are assigned between a backup and its restore. */
export const SKIPPED_IDS = 1_000;

/**
 * A mark that is stored in the database and also at its place. A copy that is served elsewhere, or in the place of the
 * original, has another mark than its place, or none.
 */
export async function readMark(db: QueryExecutorProvider): Promise<string | undefined> {
  const { rows } = await sql<{ mark: string }>`select mark from database_marks`.execute(db);
  return rows[0]?.mark;
}

export async function writeMark(db: QueryExecutorProvider, mark: string): Promise<void> {
  await sql`delete from database_marks`.execute(db);
  await sql`insert into database_marks (mark) values (${mark})`.execute(db);
}
