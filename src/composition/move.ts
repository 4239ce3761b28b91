import { moveInstallation } from '../adapters/kysely/move/move.ts';
import { copyBlobs } from '../application/store-care/copy-blobs.ts';
import type { BlobKey } from '../domain/files/file.ts';
import { openPlace } from './files.ts';
import { readFilesUrl } from './files-url.ts';
import { openMovable } from './movable.ts';
import { orExit } from './or-exit.ts';
import { makeProgressBar } from './progress-bar.ts';

const USAGE =
  'npm run move -- FROM TO [FILES-FROM FILES-TO], addresses as in DATABASE_URL and FILES_URL, e.g. sqlite:database.db postgres://host/shoal disk:database.db.files s3://host/bucket; two addresses of files move only these';

/** Copies an installation from one database to another, files from one store to another, or both, and prints what was copied. */
await orExit('The installation cannot be moved', async () => {
  const [source, target, ...files] = process.argv.slice(2);
  if (!source || !target || files.length % 2 === 1 || files.length > 2) throw new Error(`it takes ${USAGE}`);
  if (source === target) throw new Error('source and target are the same.');
  if (isOfFiles(source)) return moveFiles(source, target);
  await moveRows(source, target);
  const [filesFrom, filesTo] = files;
  if (filesFrom && filesTo) await moveFiles(filesFrom, filesTo);
});

function isOfFiles(url: string): boolean {
  return /^(disk|s3):/.test(url);
}

async function moveRows(source: string, target: string): Promise<void> {
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
}

/** Run again after an interruption, it copies what is not there yet. */
async function moveFiles(source: string, target: string): Promise<void> {
  const [from, to] = [source, target].map((url) => openPlace(readFilesUrl(url, process.env, 'The address of files')));
  if (!from || !to || from.name === to.name) throw new Error('source and target of the files are the same.');
  const bar = makeProgressBar(process.stderr, 'files');
  let of = 0;
  for await (const _key of from.blobs.keys()) of += 1;
  const tell = (done: number) => bar({ step: 'copying', done, of });
  const { copied, bytes, damaged } = await copyBlobs({ wanted: wanted(), from: from.blobs, to: to.blobs, tell });
  for (const { key } of damaged) process.stderr.write(`Damaged in ${from.name}, and not copied: ${key}\n`);
  process.stdout.write(
    `Copied ${copied} of ${of} files (${bytes} bytes) from ${from.name} to ${to.name}, each compared by its digest; the others were there.\n`,
  );
  from.close();
  to.close();
  if (damaged.length > 0) throw new Error(`${damaged.length} files are damaged where they were.`);

  async function* wanted(): AsyncGenerator<{ readonly key: BlobKey; readonly bytes: undefined }> {
    if (from) for await (const key of from.blobs.keys()) yield { key, bytes: undefined };
  }
}
