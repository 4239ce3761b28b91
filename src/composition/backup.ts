import { resolve } from 'node:path';
import { backUp } from '../adapters/sqlite/backup/backup.ts';
import { describeHoldings, readDatabaseCommand } from './database-command.ts';
import { orExit } from './or-exit.ts';

await orExit('The backup failed', async () => {
  const command = readDatabaseCommand('backup');
  const holdings = await backUp(command);
  process.stdout.write(`${resolve(command.file)} is a complete, intact copy: ${describeHoldings(holdings)}.\n`);
});
