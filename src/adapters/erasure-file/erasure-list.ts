import { constants, type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ErasureList } from '../../application/ports/erasure-list.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Erasure } from '../../domain/identity/erasure.ts';
import type { InstallationId } from '../../domain/installation.ts';
import { lineOf, readLines } from './lines.ts';

const ONLY_MINE = 0o600;
const APPENDING = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/**
 * A file with a line of JSON for each deletion. Each has the installation's id: users of another installation, whose list may be at the same
 * path, have the same numbers. Several processes may append to it.
 */
export function openErasureFile(path: string, installation: InstallationId): ErasureList {
  const file = resolve(path);
  return {
    async read() {
      const own = readLines(await textOf(file)).filter((line) => line.installation === installation);
      const byUser = new Map(own.map(({ erasure }) => [erasure.userId, erasure]));
      return [...byUser.values()];
    },

    async append(erasures) {
      await translated(() => appendTo(file, installation, erasures));
    },

    async assertWritable() {
      await translated(() => withFile(file, async (handle) => handle.sync()));
    },
  };
}

/** The text of the file; empty where there is none. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** One write, so that lines of several processes do not mix. It begins a line also behind one that a power failure cut off. */
async function appendTo(file: string, installation: InstallationId, erasures: readonly Erasure[]): Promise<void> {
  await withFile(file, async (handle) => {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1, '\n');
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const begin = last.toString() === '\n' ? '' : '\n';
    const text = begin + erasures.map((erasure) => lineOf(installation, erasure)).join('');
    await handle.write(text);
    await handle.sync();
  });
  // The name of a new file is in its directory.
  const directory = await open(dirname(file), 'r');
  await directory.sync().finally(() => directory.close());
}

async function withFile(file: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file, APPENDING, ONLY_MINE);
  await work(handle).finally(() => handle.close());
}

async function translated(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw Object.assign(new DomainError('unavailable', UNWRITABLE), { cause });
  }
}

const UNWRITABLE =
  'The list of deleted accounts cannot be written. Tell whoever runs this server, and try again later.';
