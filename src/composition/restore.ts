import { resolve } from 'node:path';
import { openErasureFile } from '../adapters/erasure-file/erasure-list.ts';
import { restore } from '../adapters/sqlite/backup/restore.ts';
import { storedErasures } from '../adapters/sqlite/backup/stored-erasures.ts';
import { type DatabaseCommand, describeHoldings, readDatabaseCommand } from './database-command.ts';
import { openPlace } from './files.ts';
import { orExit } from './or-exit.ts';
import { isDirectoryBackup, restoreAll } from './whole-backup.ts';

await orExit('The restore failed', async () => {
  const command = readDatabaseCommand('restore', 'FILE.db | DIRECTORY');
  if (command.mayReplace) await listErasures(command);
  const isWhole = isDirectoryBackup(command.file);
  const { movedTo, copied, ...holdings } = isWhole
    ? await restoreWhole(command)
    : { ...(await restore(command)), copied: undefined };
  if (movedTo) process.stdout.write(`The database that was there is ${movedTo} now.\n`);
  process.stdout.write(`${resolve(command.database)} is restored and intact: ${describeHoldings(holdings)}.\n`);
  if (copied !== undefined) process.stdout.write(`Files that were not there and are copied: ${copied}.\n`);
  const accounts = await comingErasures(command);
  if (accounts > 0)
    process.stdout.write(
      `Accounts that were deleted since and are deleted again at the next start: up to ${accounts}.\n`,
    );
});

async function restoreWhole({ database, file, mayReplace, files }: DatabaseCommand) {
  const place = openPlace(files.place);
  try {
    return await restoreAll({ database, mayReplace, directory: resolve(file), to: place.blobs });
  } finally {
    place.close();
  }
}

/** Before the database is replaced: a server that was killed may not have written its last deletion into the list. */
async function listErasures({ database, erasuresFile }: DatabaseCommand): Promise<void> {
  const stored = storedErasures(database);
  if (!stored || stored.erasures.length === 0) return;
  const list = openErasureFile(erasuresFile, stored.installation);
  const listed = new Set((await list.read()).map(({ userId }) => userId));
  const unlisted = stored.erasures.filter(({ userId }) => !listed.has(userId));
  if (unlisted.length > 0) await list.append(unlisted);
}

/** How many accounts of the list the restored database does not know as deleted. */
async function comingErasures({ database, erasuresFile }: DatabaseCommand): Promise<number> {
  const stored = storedErasures(database);
  if (!stored) return 0;
  const known = new Set(stored.erasures.map(({ userId }) => userId));
  const listed = await openErasureFile(erasuresFile, stored.installation).read();
  return listed.filter(({ userId }) => !known.has(userId)).length;
}
