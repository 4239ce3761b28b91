import { resolve } from 'node:path';
import { backUp } from '../adapters/sqlite/backup/backup.ts';
import { filesIn } from '../adapters/sqlite/backup/named-blobs.ts';
import { type DatabaseCommand, describeHoldings, readDatabaseCommand } from './database-command.ts';
import { openPlace } from './files.ts';
import { orExit } from './or-exit.ts';
import { backUpAll, isDirectoryBackup, nameOfBlob } from './whole-backup.ts';

await orExit('The backup failed', async () => {
  const command = readDatabaseCommand('backup', 'FILE.db | DIRECTORY');
  await (isDirectoryBackup(command.file) ? backUpWhole(command) : backUpDatabase(command));
});

async function backUpWhole({ database, file, files }: DatabaseCommand): Promise<void> {
  const directory = resolve(file);
  const place = openPlace(files.place);
  const { holdings, copied, lost, ...all } = await backUpAll({ database, directory, from: place.blobs });
  place.close();
  const amount = `${all.files} files in ${all.fileBytes} bytes, of which ${copied} were copied now`;
  if (lost.length === 0) {
    process.stdout.write(`${directory} is a complete, intact copy: ${describeHoldings(holdings)}; and ${amount}.\n`);
    return;
  }
  for (const blob of lost) process.stderr.write(`Lost: ${nameOfBlob(blob)}\n`);
  throw new Error(
    `${directory} has the database and ${amount}, but ${lost.length} that it names are missing or damaged in ${place.name}: npm run doctor says more.`,
  );
}

async function backUpDatabase(command: DatabaseCommand): Promise<void> {
  const holdings = await backUp(command);
  process.stdout.write(`${resolve(command.file)} is a complete, intact copy: ${describeHoldings(holdings)}.\n`);
  const { files, bytes } = filesIn(command.file);
  if (files > 0)
    process.stdout.write(
      `It does not have the ${files} files that people sent, of ${bytes} bytes: name a directory.\n`,
    );
}
