import { resolve } from 'node:path';
import { restore } from '../adapters/sqlite/backup/restore.ts';
import { describeHoldings, readDatabaseCommand } from './database-command.ts';
import { orExit } from './or-exit.ts';

await orExit('The restore failed', async () => {
  const command = readDatabaseCommand('restore');
  const { movedTo, ...holdings } = await restore(command);
  if (movedTo) process.stdout.write(`The database that was there is ${movedTo} now.\n`);
  process.stdout.write(`${resolve(command.database)} is restored and intact: ${describeHoldings(holdings)}.\n`);
});
