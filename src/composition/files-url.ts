import { tmpdir } from 'node:os';
import type { BucketAddress } from '../adapters/s3/bucket.ts';
import { ConfigError } from './config-error.ts';

export interface S3Place extends BucketAddress {
  readonly kind: 's3';
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Where uploads wait until they are complete. */
  readonly spoolDirectory: string;
}

export type FilesPlace = { readonly kind: 'disk'; readonly path: string } | { readonly kind: 'memory' } | S3Place;

type Env = Readonly<Record<string, string | undefined>>;

const EXPECTED =
  'disk:PATH, the directory for the files, or s3://KEY:SECRET@HOST/BUCKET?region=REGION, with / in the secret written as %2F and + as %2B';
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The place that an address names. Keys and region that are not in it are taken from the variables that all clients of S3 read.
 * @param variable named in the error, which never shows the address: any part of it may be the secret
 * @throws ConfigError
 */
export function readFilesUrl(url: string, env: Env, variable = 'FILES_URL'): FilesPlace {
  const [, path] = /^disk:(\P{Cc}+)$/u.exec(url) ?? [];
  if (path !== undefined) return { kind: 'disk', path };
  if (!url.startsWith('s3:')) throw new ConfigError(`${variable} makes no sense: it takes ${EXPECTED}.`);
  return readS3(url, env, (problem) => new ConfigError(`${variable} ${problem}: it takes ${EXPECTED}.`));
}

function readS3(text: string, env: Env, refusal: (problem: string) => ConfigError): S3Place {
  // The parser of web addresses reads host and port of known schemes only.
  const url = URL.parse(text.replace(/^s3:/, 'https:'));
  if (!/^s3:\/\//.test(text) || !url || url.hash !== '') throw refusal('cannot be read');
  const {
    region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
    tls,
    ...others
  } = Object.fromEntries(url.searchParams);
  const [other] = Object.keys(others);
  if (other !== undefined) throw refusal(`has the parameter ${JSON.stringify(other.slice(0, 20))}, which is unknown`);
  if (tls !== undefined && tls !== 'on' && tls !== 'off') throw refusal('has tls, which is on or off');
  const [, bucket = '', ...folders] = decoded(url.pathname, refusal).split('/');
  if (!/^[a-z0-9][a-z0-9._-]{1,62}$/i.test(bucket)) throw refusal('names no bucket');
  if (!/^[a-z0-9-]{1,64}$/i.test(region)) throw refusal('has a region that cannot be one');
  const accessKey = decoded(url.username, refusal) || env.AWS_ACCESS_KEY_ID;
  const secretKey = decoded(url.password, refusal) || env.AWS_SECRET_ACCESS_KEY;
  if (!accessKey || !secretKey)
    throw refusal('has no key or no secret, nor have AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  const isPlain = tls === undefined ? LOCAL.test(url.hostname) : tls === 'off';
  const prefix = folders.filter((folder) => folder !== '').map((folder) => `${folder}/`);
  return {
    kind: 's3',
    protocol: isPlain ? 'http:' : 'https:',
    host: url.host,
    ...{ bucket, region, accessKey, secretKey, prefix: prefix.join(''), spoolDirectory: tmpdir() },
  };
}

function decoded(text: string, refusal: (problem: string) => ConfigError): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal('has a % that encodes nothing');
  }
}

/** For printing: without key and secret. */
export function nameOfPlace(place: FilesPlace): string {
  if (place.kind === 'memory') return 'memory:';
  return place.kind === 'disk' ? `disk:${place.path}` : `s3://${place.host}/${place.bucket}/${place.prefix}`;
}
