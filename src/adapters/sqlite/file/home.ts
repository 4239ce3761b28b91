import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { DomainError } from '../../../domain/errors.ts';
import type { Installation } from '../../../domain/installation.ts';
import { randomName, readMark, SKIPPED_IDS, settleInstallation, writeMark } from '../../kysely/installation.ts';
import type { Schema } from '../../kysely/schema.ts';
import { isPassing } from '../errors.ts';
import { whenUnlocked } from './lock.ts';
import { makePrivateFile } from './private-files.ts';

/** How long a start or stop waits for another program that holds the write lock. */
const LOCK_PATIENCE_MS = 2_000;

/**
 * Distinguishes the database that was last served here from a copy in its place, however it was made. The database and a small
 * file beside it hold the same random mark, which is replaced at each start and stop; a copy holds an earlier one. In case of
 * doubt the database counts as a copy: then open pages load their history again, and nothing else happens.
 */
export class Home {
  readonly #database: Database;
  readonly #db: Kysely<Schema>;
  readonly #markFile: string;

  /** @param db a Kysely over `database`, the writing handle */
  constructor(database: Database, db: Kysely<Schema>) {
    this.#database = database;
    this.#db = db;
    this.#markFile = `${database.name}-mark`;
  }

  /** Returns the installation, and makes this place its home. */
  async settle(): Promise<Installation> {
    const mark = await readMark(this.#db);
    const isCopy = mark === undefined || mark !== this.#readFile();
    const installation = await this.#inTransaction(() =>
      settleInstallation(this.#db, { isCopy, skipIds: async () => this.#skipIds() }),
    );
    await this.renewMark();
    return installation;
  }

  /**
   * Replaces the mark, so that copies made until now are recognised. Where nothing can be written, the old mark stays valid.
   * When the process is killed between the two steps, the next start takes the database for a copy.
   */
  async renewMark(): Promise<void> {
    const mark = randomName();
    try {
      await this.#inTransaction(() => writeMark(this.#db, mark));
      makePrivateFile(this.#markFile);
      writeFileSync(this.#markFile, mark);
    } catch (error) {
      if (!isOfTheDisk(error)) throw error;
    }
  }

  #readFile(): string | undefined {
    return existsSync(this.#markFile) ? readFileSync(this.#markFile, 'utf8') : undefined;
  }

  #skipIds(): void {
    for (const table of ['users', 'chats', 'files']) {
      this.#database
        .prepare(
          'insert into sqlite_sequence (name, seq) select ?, 0 where ? not in (select name from sqlite_sequence)',
        )
        .run(table, table);
      this.#database.prepare('update sqlite_sequence set seq = seq + ? where name = ?').run(SKIPPED_IDS, table);
    }
  }

  async #inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await whenUnlocked(() => this.#database.exec('begin immediate'), { patience: LOCK_PATIENCE_MS });
    try {
      const result = await work();
      this.#database.exec('commit');
      return result;
    } finally {
      if (this.#database.inTransaction) this.#database.exec('rollback');
    }
  }
}

/** Disk full, failing, locked or read-only. Writers are told; a server must be able to stop all the same. */
function isOfTheDisk(error: unknown): boolean {
  if (error instanceof DomainError || isPassing(error)) return true;
  return error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EROFS|EIO|EACCES)$/.test(String(error.code));
}
