import { moveInstallation } from '../adapters/kysely/move/move.ts';
import { openMovable } from './movable.ts';
import { orExit } from './or-exit.ts';
import { makeProgressBar } from './progress-bar.ts';

const USAGE =
  'npm run move -- FROM TO, each an address as in DATABASE_URL, e.g. sqlite:database.db postgres://host/shoal';

/** Copies an installation from one database to another and prints what was copied. */
await orExit('The installation cannot be moved', async () => {
  const [source, target, ...rest] = process.argv.slice(2);
  if (!source || !target || rest.length > 0) throw new Error(`it takes ${USAGE}`);
  if (source === target) throw new Error('source and target are the same.');
  const from = await openMovable(source, 'source');
  const to = await openMovable(target, 'target');
  const bar = makeProgressBar(process.stderr);
  const { counts, fitted } = await moveInstallation({ from, to, source: from.name, tell: bar });
  process.stdout.write(`Moved from ${from.name} to ${to.name}, and compared row by row:\n`);
  for (const [table, count] of Object.entries(counts)) process.stdout.write(`${String(count).padStart(12)} ${table}\n`);
  if (fitted > 0)
    process.stdout.write(
      `Of these rows ${fitted} held the character NUL, which ${to.name} cannot hold: it is � there.\n`,
    );
  await Promise.all([from.close(), to.close()]);
});
