import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { examineStore, type Finding } from '../application/store-care/examine-store.ts';
import { openAdministered } from './administered.ts';
import { readConfig } from './config.ts';
import { digestOf } from './digest.ts';
import { openPlace } from './files.ts';
import { orExit, UsageError } from './or-exit.ts';
import { START_PROBLEMS } from './start-problems.ts';
import { filesOfBackup, nameOfBlob } from './whole-backup.ts';

const USAGE = 'Usage: npm run doctor -- [--quick] [--mend] [--from DIRECTORY-OF-A-BACKUP]';
/** Something is wrong with the files, and was not mended. */
const FAULTS_LEFT = 3;

/** Compares the rows of files with the store, tells what is wrong, and mends it when asked. */
await orExit(
  'The files could not be examined',
  async () => {
    const { quick, mend, from } = readOptions();
    const config = readConfig(process.env);
    const place = openPlace(config.files.place);
    const administered = await openAdministered(config.database);
    try {
      const { named, found, left } = await examineStore({
        unitOfWork: administered.unitOfWork,
        blobs: place.blobs,
        digest: digestOf,
        readsAll: !quick,
        mend: mend ? { backup: from === undefined ? undefined : filesOfBackup(resolve(from)) } : undefined,
        tell: (finding) => process.stdout.write(`${lineOf(finding)}\n`),
      });
      const how = quick ? 'sizes' : 'digests';
      process.stdout.write(
        `The database names ${named} blobs in ${place.name}. Compared by ${how}: ${found} faults, ${left} left.\n`,
      );
      if (left > 0) process.exitCode = FAULTS_LEFT;
    } finally {
      await administered.close();
      place.close();
    }
  },
  START_PROBLEMS,
);

function readOptions() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        mend: { type: 'boolean', default: false },
        from: { type: 'string' },
      },
    }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}

function lineOf({ fault, key, of, isMended }: Finding): string {
  const what = of ? nameOfBlob(of) : `${key}, which nothing has`;
  return `${fault}: ${what}${isMended ? ' (mended)' : ''}`;
}
