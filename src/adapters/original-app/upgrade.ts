import Database from 'better-sqlite3';
import type { Clock } from '../../application/ports/clock.ts';
import type { Log } from '../../application/ports/log.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import { discard, putInPlace } from '../sqlite/file/whole-file.ts';
import { build } from './build.ts';
import { leaveCopy } from './copy.ts';
import { writeWhole } from './files.ts';
import { hashPasswords } from './hash-passwords.ts';
import { lockOriginal } from './lock-original.ts';
import { type Plan, planUpgrade } from './plan.ts';
import { readRows } from './read.ts';
import { notesOn, report } from './report.ts';
import type { MessageCounts } from './write-messages.ts';

export interface UpgradeTools {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** The hash to store for a password of which only the SHA-256 is known, given in lower-case hex. */
  readonly wrapSha256: (hex: string) => Promise<string>;
}

/**
 * Upgrades a database of the original app: copies it to a file beside it, builds the new database in a file of its own, and
 * renames that into place at the end. Until then nothing is changed, so the next start repeats an interrupted upgrade. When two
 * processes start at once, one upgrades and the other finds it done.
 */
export async function upgradeOriginal(path: string, log: Log, tools: UpgradeTools): Promise<void> {
  const lock = await lockOriginal(path);
  try {
    if (lock) await upgradeLocked(path, log, tools);
  } finally {
    lock?.close();
  }
}

async function upgradeLocked(path: string, log: Log, tools: UpgradeTools): Promise<void> {
  const copy = await leaveCopy(path);
  const details = { event: 'upgrade_started', copy };
  log.info(details, 'this database is of the original app: it is copied, then upgraded');
  const upgraded = `${path}.upgrading`;
  try {
    const { plan, messages, text } = await buildFrom(copy, { path, upgraded, log, tools });
    const reportPath = `${copy}.report.txt`;
    writeWhole(reportPath, text);
    putInPlace(upgraded, path);
    announce(log, { plan, messages, reportPath });
  } finally {
    discard(upgraded);
  }
}

interface Places {
  readonly path: string;
  readonly upgraded: string;
  readonly log: Log;
  readonly tools: UpgradeTools;
}

/** Reads the copy, to which no process writes, and builds the new database at `upgraded`. */
async function buildFrom(copy: string, { path, upgraded, log, tools }: Places) {
  const { clock, secrets, wrapSha256 } = tools;
  const now = clock.now();
  const progress = makeProgress(log);
  const original = new Database(copy, { readonly: true });
  try {
    // The database's own directory may be the only writable one.
    original.pragma('temp_store = memory');
    const rows = readRows(original);
    const plan = planUpgrade(rows, now);
    const hashes = await hashPasswords(plan.users, {
      hash: wrapSha256,
      unguessable: secrets.token,
      onProgress: (done) => progress({ passwords: done, of: plan.users.length }),
    });
    const onProgress = (done: number) => progress({ messages: done });
    const messages = await build({ path: upgraded, original, plan, hashes, digest: secrets.digest, now, onProgress });
    return { plan, messages, text: report({ path, copy, at: now, rows, plan, messages }) };
  } finally {
    original.close();
  }
}

/** Maximum changes in the log. The report contains all. */
const MAX_LINES = 200;

function announce(
  log: Log,
  {
    plan,
    messages,
    reportPath,
  }: { readonly plan: Plan; readonly messages: MessageCounts; readonly reportPath: string },
): void {
  for (const { about, line } of [...plan.notes, ...notesOn(messages)].slice(0, MAX_LINES)) {
    log.warn({ event: 'upgrade_changed', about }, line);
  }
  const { users, chats, invites } = plan;
  const counts = { users: users.length, chats: chats.length, messages: messages.messages, invites: invites.length };
  log.info({ event: 'upgrade_finished', ...counts, report: reportPath }, 'the database was upgraded');
}

/** How often the progress of a long upgrade is logged. */
const PROGRESS_EVERY_MS = 2_000;

function makeProgress(log: Log): (done: object) => void {
  let loggedAt = performance.now();
  return (done) => {
    const now = performance.now();
    if (now - loggedAt < PROGRESS_EVERY_MS) return;
    loggedAt = now;
    log.info({ event: 'upgrade_progress', ...done }, 'upgrading');
  };
}
