import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Clock } from '../../../application/ports/clock.ts';
import type { Log } from '../../../application/ports/log.ts';
import type { Secrets } from '../../../application/ports/secrets.ts';
import { whenUnlocked } from '../lock.ts';
import { recognise } from '../recognise.ts';
import { putInPlace } from '../whole-file.ts';
import { build } from './build.ts';
import { leaveCopy } from './copy.ts';
import { startFile } from './files.ts';
import { hashPasswords } from './hash-passwords.ts';
import { planUpgrade } from './plan.ts';
import { makeProgress } from './progress.ts';
import { readRows } from './read.ts';
import { notesOn, report } from './report.ts';

export interface UpgradeTools {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** The hash to store for a password of which only the SHA-256 is known, in lower-case hex. */
  readonly wrapSha256: (hex: string) => Promise<string>;
}

/**
 * Turns a database of the original app into one of ours: leaves a copy beside it, makes the new database in a file of its own,
 * and puts that in the old one's place at the end. Until then nothing is changed, so that a start that is interrupted at
 * whatever point is begun again by the next; of two that start together one upgrades, and the other finds it done.
 */
export async function upgradeOriginal(path: string, log: Log, tools: UpgradeTools): Promise<void> {
  const lock = await lockOriginal(path);
  try {
    if (lock) await upgradeLocked(path, log, tools);
  } finally {
    lock?.close();
  }
}

/**
 * The original database at rest in one file, with nobody writing to it; or undefined when it has been upgraded meanwhile. A
 * log left beside the new file would be taken for the new file's own.
 */
async function lockOriginal(path: string): Promise<Database.Database | undefined> {
  let locked: Database.Database | undefined;
  await whenUnlocked(() => {
    if (recognise(path) !== 'original') return;
    // Opened anew at each try: two that wait with the file open would keep each other from having it alone.
    const database = new Database(path, { timeout: 0, fileMustExist: true });
    try {
      database.pragma('journal_mode = delete');
      database.exec('begin immediate');
      // Only now is it sure that nobody has put another file in its place.
      if (recognise(path) === 'original') locked = database;
    } finally {
      if (!locked) database.close();
    }
  });
  return locked;
}

async function upgradeLocked(path: string, log: Log, { clock, secrets, wrapSha256 }: UpgradeTools): Promise<void> {
  const now = clock.now();
  const copy = await leaveCopy(path);
  log.info(
    { event: 'upgrade_started', copy },
    'this database is of the original app: a copy of it is kept, and it is upgraded now',
  );

  const original = new Database(copy, { readonly: true });
  try {
    // There may be no other directory that can be written.
    original.pragma('temp_store = memory');
    const rows = readRows(original);
    const plan = planUpgrade(rows, now);
    const progress = makeProgress(log);
    const hashes = await hashPasswords(plan.users, {
      hash: wrapSha256,
      unguessable: secrets.token,
      onProgress: (done) => progress({ passwords: done, of: plan.users.length }),
    });
    const upgraded = `${path}.upgrading`;
    const messages = await build({
      path: upgraded,
      original,
      plan,
      hashes,
      digest: secrets.digest,
      now,
      onProgress: (done) => progress({ messages: done }),
    });

    const reportPath = `${copy}.report.txt`;
    startFile(`${reportPath}.partial`);
    writeFileSync(`${reportPath}.partial`, report({ path, copy, at: now, rows, plan, messages }));
    putInPlace(`${reportPath}.partial`, reportPath);
    putInPlace(upgraded, path);

    for (const { about, line } of [...plan.notes, ...notesOn(messages)].slice(0, MOST_LINES)) {
      log.warn({ event: 'upgrade_changed', about }, line);
    }
    const counts = {
      users: plan.users.length,
      chats: plan.chats.length,
      messages: messages.messages,
      invites: plan.invites.length,
    };
    log.info({ event: 'upgrade_finished', ...counts, report: reportPath }, 'the database is upgraded');
  } finally {
    original.close();
  }
}

/** The report has them all. */
const MOST_LINES = 200;
