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
import { makeProgress } from './progress.ts';
import { readRows } from './read.ts';
import { notesOn, report } from './report.ts';
import type { MessageCounts } from './write-messages.ts';

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

async function upgradeLocked(path: string, log: Log, tools: UpgradeTools): Promise<void> {
  const copy = await leaveCopy(path);
  const details = { event: 'upgrade_started', copy };
  log.info(details, 'this database is of the original app: a copy of it is kept, and it is upgraded now');
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

/** Reads the copy, which nobody writes to, and leaves the new database under `upgraded`. */
async function buildFrom(copy: string, { path, upgraded, log, tools }: Places) {
  const { clock, secrets, wrapSha256 } = tools;
  const now = clock.now();
  const progress = makeProgress(log);
  const original = new Database(copy, { readonly: true });
  try {
    // There may be no other directory that can be written.
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

/** The report has all lines. */
const MOST_LINES = 200;

function announce(
  log: Log,
  {
    plan,
    messages,
    reportPath,
  }: { readonly plan: Plan; readonly messages: MessageCounts; readonly reportPath: string },
): void {
  for (const { about, line } of [...plan.notes, ...notesOn(messages)].slice(0, MOST_LINES)) {
    log.warn({ event: 'upgrade_changed', about }, line);
  }
  const { users, chats, invites } = plan;
  const counts = { users: users.length, chats: chats.length, messages: messages.messages, invites: invites.length };
  log.info({ event: 'upgrade_finished', ...counts, report: reportPath }, 'the database is upgraded');
}
