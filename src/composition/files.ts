import { makeDiskBlobs } from '../adapters/disk/blobs.ts';
import { makeMemoryBlobs } from '../adapters/memory/blobs.ts';
import { makeS3Blobs } from '../adapters/s3/blobs.ts';
import { BucketError } from '../adapters/s3/bucket.ts';
import { systemClock } from '../adapters/system/clock.ts';
import type { Blobs } from '../application/ports/blobs.ts';
import type { Log } from '../application/ports/log.ts';
import type { FileRules } from '../application/use-cases/files/stage-file.ts';
import { ConfigError, refuse } from './config-error.ts';
import type { DatabaseUrl } from './database-url.ts';
import { type FilesPlace, nameOfPlace, readFilesUrl, type S3Place } from './files-url.ts';

export interface FilesConfig {
  /** Undefined where the installation takes no files. */
  readonly place: FilesPlace | undefined;
  readonly maxBytes: number;
  readonly bytesPerUser: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError */
export function readFiles(env: Env, database: DatabaseUrl): FilesConfig {
  const place = env.FILES_URL ? readFilesUrl(env.FILES_URL, env) : besideDatabase(database);
  const maxBytes = bytes(env, 'MAX_FILE_BYTES', 50 * 1024 ** 2);
  if (place?.kind === 's3' && maxBytes > MAX_OBJECT_BYTES)
    refuse('MAX_FILE_BYTES', env.MAX_FILE_BYTES, 'at most 5368709120 where FILES_URL is a bucket');
  return {
    place,
    maxBytes,
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

function bytes(env: Env, name: string, usual: number): number {
  const text = env[name] || `${usual}`;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : refuse(name, env[name], 'a number of bytes, such as 50000000');
}

/** That S3 takes in one request. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/** How long a start waits for the server of the bucket. */
const START_PATIENCE_MS = 5_000;

export interface OpenedBlobs {
  readonly blobs: Blobs;
  close(): void;
}

/** What a command uses. The caller closes it. @throws ConfigError where nothing outlives the process */
export function openPlace(place: FilesPlace | undefined): OpenedBlobs & { readonly name: string } {
  if (place === undefined || place.kind === 'memory')
    throw new ConfigError('FILES_URL is not set, so that there is no place with files: set it as for the server.');
  const name = nameOfPlace(place);
  if (place.kind === 'disk') return { name, blobs: makeDiskBlobs(place.path), close: () => undefined };
  const blobs = makeS3Blobs(place, { clock: systemClock });
  return { name, blobs, close: blobs.close };
}

/** What a server uses. It starts also while the server of the bucket is away, but not when that refuses what FILES_URL says. */
export async function openBlobs({ place }: FilesConfig, log: Log): Promise<OpenedBlobs> {
  if (place?.kind === 's3') return openS3(place, log);
  return { blobs: place?.kind === 'disk' ? makeDiskBlobs(place.path) : makeMemoryBlobs(), close: () => undefined };
}

async function openS3(place: S3Place, log: Log): Promise<OpenedBlobs> {
  const blobs = makeS3Blobs(place, { clock: systemClock });
  const asked = makeS3Blobs(place, { clock: systemClock, stalledAfterMs: START_PATIENCE_MS });
  try {
    await asked.probe();
  } catch (error) {
    if (!(error instanceof BucketError)) throw error;
    if (isOfOperator(error)) {
      blobs.close();
      throw new ConfigError(`FILES_URL names ${nameOfPlace(place)}, which cannot be used: ${reasonOf(error)}.`);
    }
    log.warn(
      { event: 'files_unreachable', host: place.host, reason: error.code },
      'the store of files does not answer: files cannot be sent or read until it does',
    );
  } finally {
    asked.close();
  }
  return { blobs, close: blobs.close };
}

/** What no waiting mends. */
const isOfOperator = ({ status, code }: BucketError): boolean =>
  status === undefined ? code === 'ENOTFOUND' || /CERT|SSL|TLS|EPROTO|HPE_/.test(code) : status < 500 && status !== 429;

const REASONS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  SignatureDoesNotMatch: 'the secret is wrong',
  InvalidAccessKeyId: 'the key is unknown',
  AccessDenied: 'the key may not use this bucket',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
  ENOTFOUND: 'there is no such host',
};

const reasonOf = ({ code }: BucketError): string => REASONS[code] ?? code;

export const fileRules = ({ place, maxBytes, bytesPerUser }: FilesConfig): FileRules => ({
  isOn: place !== undefined,
  maxBytes,
  bytesPerUser,
});
