import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeDiskBlobs } from '../adapters/disk/blobs.ts';
import { backUp } from '../adapters/sqlite/backup/backup.ts';
import type { Holdings } from '../adapters/sqlite/backup/copy-database.ts';
import { filesIn, namedBlobsIn } from '../adapters/sqlite/backup/named-blobs.ts';
import { type Restored, restore } from '../adapters/sqlite/backup/restore.ts';
import { storedErasures } from '../adapters/sqlite/backup/stored-erasures.ts';
import type { Blobs } from '../application/ports/blobs.ts';
import { copyBlobs, eachOf } from '../application/store-care/copy-blobs.ts';
import type { NamedBlob } from '../application/store-care/named-blob.ts';
import type { BlobKey } from '../domain/files/file.ts';
import { digestOf } from './digest.ts';
import { makeProgressBar } from './progress-bar.ts';

/** A backup of the database and its files is a directory with these in it. */
const [DATABASE, FILES] = ['database.db', 'files'] as const;

/** Copies of the database until what it names and the store has not is taken for lost. */
const MAX_COPIES = 4;
/** Bad files that an error names. */
const MAX_NAMED = 20;

/** Whether the place of a backup is a directory: one that is there, or a name without an ending, such as `.db`. */
export function isDirectoryBackup(file: string): boolean {
  if (existsSync(resolve(file))) return isDirectory(resolve(file));
  return file.endsWith('/') || !/\.[^./]+$/.test(file);
}

export interface WholeBackup {
  readonly holdings: Holdings;
  readonly copied: number;
  readonly files: number;
  readonly fileBytes: number;
  /** What the rows name, and the store does not have as it was. */
  readonly lost: readonly NamedBlob[];
}

/**
 * Copies the database, and each file that the copy names. A file that was deleted between the two is no loss: then the database is copied once
 * more, without it. What an earlier run has copied into the same directory is passed over, and what nothing names any more is removed.
 */
export async function backUpAll({
  database,
  directory,
  from,
}: {
  readonly database: string;
  readonly directory: string;
  readonly from: Blobs;
}): Promise<WholeBackup> {
  if (!existsSync(dirname(directory))) throw new Error(`There is no directory ${dirname(directory)}.`);
  assertUsable(directory, database);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const to = makeDiskBlobs(join(directory, FILES));
  const file = join(directory, DATABASE);
  let [copied, copies]: [number, number] = [0, 0];
  let lost: readonly NamedBlob[] = [];
  const accept = async (copy: string) => {
    const found = await copyNamed(copy, { from, to });
    copied += found.copied;
    copies += 1;
    lost = found.lost;
    return lost.length === 0 || copies === MAX_COPIES;
  };
  const holdings = await backUp({ database, file, mayReplace: true, accept });
  await removeUnnamed(file, to);
  const { files, bytes } = filesIn(file);
  return { holdings, copied, files, fileBytes: bytes, lost };
}

/** A directory with anything else in it stays as it is. */
function assertUsable(directory: string, database: string): void {
  if (!existsSync(directory)) return;
  const found = readdirSync(directory).filter((name) => !name.startsWith(`${DATABASE}.partial-`));
  if (found.some((name) => name !== DATABASE && name !== FILES))
    throw new Error(`${directory} has something else in it: name an empty directory, or a file that ends in .db.`);
  const [ours, theirs] = [database, join(directory, DATABASE)].map((path) => storedErasures(path)?.installation);
  if (ours && theirs && ours !== theirs) throw new Error(`${directory} is a backup of another installation.`);
}

async function copyNamed(copy: string, { from, to }: { readonly from: Blobs; readonly to: Blobs }) {
  const of = [...namedBlobsIn(copy)].length;
  const bar = makeProgressBar(process.stderr, 'files');
  const wanted = namedBlobsIn(copy);
  const tell = (done: number) => bar({ step: 'copying', done, of });
  const { copied, missing, damaged } = await copyBlobs({ wanted, from, to, ...(process.stderr.isTTY && { tell }) });
  return { copied, lost: [...missing.filter(({ isStaged }) => !isStaged), ...damaged] };
}

async function removeUnnamed(database: string, files: Blobs): Promise<void> {
  const named = new Set<BlobKey>();
  for (const { key } of namedBlobsIn(database)) named.add(key);
  for await (const key of files.keys()) if (!named.has(key)) await files.remove(key, async () => false);
  await files.clear(Number.POSITIVE_INFINITY, async (key) => named.has(key));
}

/**
 * Restores a backup with its files, after every digest was compared: a damaged one changes nothing.
 * @throws Error that names what is damaged
 */
export async function restoreAll(asked: {
  readonly database: string;
  readonly directory: string;
  readonly mayReplace: boolean;
  readonly to: Blobs;
}): Promise<Restored & { readonly copied: number }> {
  const file = join(asked.directory, DATABASE);
  const from = makeDiskBlobs(join(asked.directory, FILES));
  await assertWhole(file, from);
  let copied = 0;
  const prepare = async () => {
    const found = await copyNamed(file, { from, to: asked.to });
    if (found.lost.length > 0) throw new Error(`${asked.directory} has changed while it was restored.`);
    copied = found.copied;
  };
  const { database, mayReplace } = asked;
  return { ...(await restore({ database, file, mayReplace, prepare })), copied };
}

async function assertWhole(file: string, blobs: Blobs): Promise<void> {
  const bad: string[] = [];
  await eachOf(namedBlobsIn(file), async (named) => {
    const stream = await blobs.open(named.key);
    if (stream && (await digestOf(stream)) !== named.key) bad.push(`${nameOfBlob(named)} is damaged`);
    else if (!stream && !named.isStaged) bad.push(`${nameOfBlob(named)} is missing`);
  });
  if (bad.length === 0) return;
  const more = bad.length > MAX_NAMED ? ` and ${bad.length - MAX_NAMED} more` : '';
  throw new Error(`nothing was changed, because of the backup's files ${bad.slice(0, MAX_NAMED).join('; ')}${more}.`);
}

/** E.g. `files/ab/ab12… (file 7 of chat 3)`. */
export const nameOfBlob = (named: NamedBlob): string =>
  `${FILES}/${named.key.slice(0, 2)}/${named.key} (${ofWhat(named)})`;

const ofWhat = (named: NamedBlob): string =>
  named.of === 'picture'
    ? `picture of ${named.owner.kind} ${named.owner.id}`
    : `${named.of === 'file' ? 'file' : 'thumbnail of file'} ${named.fileId} of chat ${named.chatId}`;

export const filesOfBackup = (directory: string): Blobs => makeDiskBlobs(join(directory, FILES));

const isDirectory = (path: string): boolean => {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
};
