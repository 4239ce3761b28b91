import { makeDiskBlobs } from '../adapters/disk/blobs.ts';
import { makeMemoryBlobs } from '../adapters/memory/blobs.ts';
import type { Blobs } from '../application/ports/blobs.ts';
import type { FileRules } from '../application/use-cases/files/stage-file.ts';
import { refuse } from './config-error.ts';
import type { DatabaseUrl } from './database-url.ts';

export interface FilesConfig {
  /** Undefined where the installation takes no files. */
  readonly place: FilesPlace | undefined;
  readonly maxBytes: number;
  readonly bytesPerUser: number;
}

type FilesPlace = { readonly kind: 'disk'; readonly path: string } | { readonly kind: 'memory' };

type Env = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError */
export function readFiles(env: Env, database: DatabaseUrl): FilesConfig {
  return {
    place: env.FILES_URL ? readPlace(env.FILES_URL) : besideDatabase(database),
    maxBytes: bytes(env, 'MAX_FILE_BYTES', 50 * 1024 ** 2),
    bytesPerUser: bytes(env, 'FILES_PER_USER_BYTES', 5 * 1024 ** 3),
  };
}

/** The files of `chat.db` are in the directory `chat.db.files`. Of a database server there is no place that all instances reach. */
function besideDatabase(database: DatabaseUrl): FilesPlace | undefined {
  switch (database.kind) {
    case 'sqlite':
      return { kind: 'disk', path: `${database.path}.files` };
    case 'memory':
      return { kind: 'memory' };
    case 'postgres':
      return undefined;
    default:
      return database satisfies never;
  }
}

function readPlace(url: string): FilesPlace {
  const [, path] = /^disk:(\P{Cc}+)$/u.exec(url) ?? [];
  return path === undefined
    ? refuse('FILES_URL', url, 'disk:PATH, the directory for the files')
    : { kind: 'disk', path };
}

function bytes(env: Env, name: string, usual: number): number {
  const text = env[name] || `${usual}`;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : refuse(name, env[name], 'a number of bytes, such as 50000000');
}

export const openBlobs = ({ place }: FilesConfig): Blobs =>
  place?.kind === 'disk' ? makeDiskBlobs(place.path) : makeMemoryBlobs();

export const fileRules = ({ place, maxBytes, bytesPerUser }: FilesConfig): FileRules => ({
  isOn: place !== undefined,
  maxBytes,
  bytesPerUser,
});
