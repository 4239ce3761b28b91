import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const NAMES = [
  'client.js',
  'http-channel.js',
  'style.css',
  'icons.svg',
  'favicon.svg',
  'sw.js',
  'app.webmanifest',
  'icon-192.png',
  'icon-512.png',
  'app-icon.svg',
  'app-icon-512.png',
  'apple-touch-icon.png',
] as const;

export type AssetName = (typeof NAMES)[number];

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The same for who takes it so: text shrinks to a third. Undefined for pictures, which are compressed already. */
  readonly gzipped: Uint8Array<ArrayBuffer> | undefined;
  /** A media type, for `Content-Type`. */
  readonly type: string;
}

export interface Assets {
  /** The path under which the asset's present content is served. */
  url(name: AssetName): string;
  get(name: AssetName): Asset;
  /** The asset built under exactly this file name, or undefined. */
  find(fileName: string): Asset | undefined;
}

/**
 * Reads what `npm run build` made into memory, so that no request names a path in the file system.
 * @throws Error in one sentence when the client has not been built
 */
export function loadAssets(directory: string): Assets {
  const fileNames = readManifest(directory);
  const files = new Map(
    [...fileNames.values()].map((fileName) => [fileName, readAsset(join(directory, fileName))] as const),
  );
  return {
    url: (name) => `/static/${fileNames.get(name) ?? missing(directory)}`,
    get: (name) => files.get(fileNames.get(name) ?? '') ?? missing(directory),
    find: (fileName) => files.get(fileName),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
};

function readManifest(directory: string): ReadonlyMap<AssetName, string> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  } catch {
    return missing(directory);
  }
  const built = new Map(Object.entries(manifest ?? {}));
  return new Map(
    NAMES.map((name) => {
      const fileName: unknown = built.get(name);
      return [name, typeof fileName === 'string' ? fileName : missing(directory)];
    }),
  );
}

function readAsset(path: string): Asset {
  const body = new Uint8Array(readFileSync(path));
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const gzipped = type === 'image/png' ? undefined : new Uint8Array(gzipSync(body, { level: 9 }));
  return { body, gzipped, type };
}

function missing(directory: string): never {
  throw new Error(`The browser client has not been built in ${directory}: run "npm run build" first.`);
}
