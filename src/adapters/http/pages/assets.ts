import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ContentCoding } from '../requests/accepted-coding.ts';

/** The assets that the server's code and templates refer to. Scripts refer to the ones that are loaded later. */
const NAMES = [
  'client.js',
  'style.css',
  'icons.svg',
  'favicon.svg',
  'icon-unread.svg',
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
  /** The body in each content coding, smallest first. Empty for PNG, which is already compressed. */
  readonly encoded: ReadonlyMap<ContentCoding, Uint8Array<ArrayBuffer>>;
  /** A media type, for `Content-Type`. */
  readonly type: string;
}

export interface Assets {
  /** The path of the asset, which changes with its content. */
  url(name: AssetName): string;
  get(name: AssetName): Asset;
  /** The asset built under exactly this file name, or undefined. */
  find(fileName: string): Asset | undefined;
}

/**
 * Reads the output of `npm run build` into memory, so that no request reaches the file system.
 * @throws Error of one line when the client has not been built
 */
export function loadAssets(directory: string): Assets {
  const fileNames = readManifest(directory);
  const files = readAssets(directory, [...fileNames.values()]);
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

function readManifest(directory: string): ReadonlyMap<string, string> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  } catch {
    return missing(directory);
  }
  const built = new Map<string, string>();
  for (const [name, fileName] of Object.entries(manifest ?? {})) {
    if (typeof fileName === 'string') built.set(name, fileName);
  }
  return NAMES.every((name) => built.has(name)) ? built : missing(directory);
}

function readAssets(directory: string, fileNames: readonly string[]): ReadonlyMap<string, Asset> {
  try {
    return new Map(fileNames.map((fileName) => [fileName, readAsset(join(directory, fileName))] as const));
  } catch {
    return missing(directory);
  }
}

function readAsset(path: string): Asset {
  const body = new Uint8Array(readFileSync(path));
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  if (type === 'image/png') return { body, encoded: new Map(), type };
  return {
    body,
    // The build makes these: the best levels of compression are too slow for every start.
    encoded: new Map([
      ['br', new Uint8Array(readFileSync(`${path}.br`))],
      ['gzip', new Uint8Array(readFileSync(`${path}.gz`))],
    ]),
    type,
  };
}

function missing(directory: string): never {
  throw new Error(`The browser client has not been built in ${directory}: run "npm run build" first.`);
}
