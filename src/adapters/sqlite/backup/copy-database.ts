import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { assertIntact } from '../file/intact.ts';
import { assertKnownVersion } from '../file/known-version.ts';
import { makePrivateFile } from '../file/private-files.ts';

/** What a database holds, so that one can tell whether it is the one that was meant. */
export interface Holdings {
  readonly people: number;
  readonly chats: number;
  readonly messages: number;
  /** Milliseconds; undefined when there are no messages. */
  readonly lastSentAt: number | undefined;
  readonly bytes: number;
}

/**
 * Other processes may hold a lock for a moment. Nothing else happens in a process that copies, so SQLite may wait for it by
 * itself.
 */
const PATIENCE_MS = 5_000;
/** SQLite begins an online backup anew when somebody else writes between two of its steps, so there is only one. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the database, as it is at one moment, into one new file that needs no log beside it, and looks through the copy.
 * A server may be using the database meanwhile: it is read in one transaction, which keeps nobody from writing.
 * @throws Error when there is none, or it is of another program, of a newer version, or damaged
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

/** Wherever the copy is served, by a restore or by hand, it is told from the original. Older versions have no marks. */
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
