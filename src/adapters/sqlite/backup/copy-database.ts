import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { assertIntact } from '../file/intact.ts';
import { assertKnownVersion } from '../file/known-version.ts';
import { makePrivateFile } from '../file/private-files.ts';

/** A summary of a database, by which the operator can tell whether it is the right one. */
export interface Holdings {
  readonly people: number;
  readonly chats: number;
  readonly messages: number;
  /** Milliseconds; undefined when there are no messages. */
  readonly lastSentAt: number | undefined;
  readonly bytes: number;
}

/** How long SQLite waits for locks of other processes. Nothing else happens in this process, so it may block. */
const PATIENCE_MS = 5_000;
/** SQLite restarts an online backup when another process writes between two of its steps, so there is only one step. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies a consistent state of the database into a new file that needs no log beside it, and checks the copy. A server may be
 * using the database meanwhile: it is read in one transaction, which does not block writers.
 * @throws Error when the database is missing, damaged, of a newer version, or of another program
 */
export async function copyDatabase(from: string, to: string): Promise<Holdings> {
  if (!existsSync(from)) throw new Error(`There is no file ${from}.`);
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
  try {
    assertKnownVersion(source, from);
    makePrivateFile(to);
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new Database(to, { fileMustExist: true });
  try {
    copy.pragma('temp_store = memory');
    copy.pragma('journal_mode = delete');
    removeMark(copy);
    assertIntact(copy, 'integrity_check');
    return holdingsOf(copy);
  } finally {
    copy.close();
  }
}

/** Without the mark the copy is recognised as one, wherever it is served. Older versions have no marks. */
function removeMark(copy: Database.Database): void {
  const hasMarks = copy.prepare("select 1 from sqlite_schema where name = 'database_marks'").get() !== undefined;
  if (hasMarks) copy.exec('delete from database_marks');
}

function holdingsOf(database: Database.Database): Holdings {
  const numberOf = (sql: string) => Number(database.prepare(sql).pluck().get());
  const lastSentAt = database.prepare<[], number | null>('select max(sent_at) from messages').pluck().get();
  return {
    people: numberOf('select count(*) from users'),
    chats: numberOf('select count(*) from chats'),
    messages: numberOf('select count(*) from messages'),
    lastSentAt: lastSentAt ?? undefined,
    bytes: numberOf('pragma page_count') * numberOf('pragma page_size'),
  };
}
