import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from './config-error.ts';
import { isSound, redacted, SOUND } from './urls.ts';

export type DatabaseUrl =
  | {
      readonly kind: 'sqlite';
      readonly path: string;
      /** The URL has `mode=rw`: a missing file is not created. */
      readonly mustExist?: true;
    }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'memory' };

const NAME = 'DATABASE_URL';

/**
 * Reads a URL as this product, Rust's sqlx and Python's SQLAlchemy write it. A URL that they read differently is refused, unless only
 * one of the readings names an existing file or directory: a database created in the wrong place looks like lost data.
 * @throws ConfigError
 */
export function readDatabaseUrl(url: string): DatabaseUrl {
  if (url === 'memory:') return { kind: 'memory' };
  // A driver, as in SQLAlchemy's `postgresql+psycopg`, is ignored.
  const [, scheme = '', driver, rest = ''] = /^(sqlite|postgres|postgresql)(\+\w+)?:(.*)$/s.exec(url) ?? [];
  if (scheme === 'sqlite') return readSqlite(url, rest, driver === undefined ? readings : readingsOfSqlAlchemy);
  if (scheme !== '') return readPostgres(url, `${scheme}:${rest}`);
  return refuse(NAME, redacted(url), 'sqlite:PATH, postgres://… or memory:');
}

function readPostgres(url: string, withoutDriver: string): DatabaseUrl {
  const isUrl = /^postgres(ql)?:\/\//.test(withoutDriver) && URL.canParse(withoutDriver);
  if (!isUrl) return refuse(NAME, redacted(url), 'postgres://USER:PASSWORD@HOST/DATABASE');
  if (!isSound(withoutDriver)) return refuse(NAME, redacted(url), SOUND);
  return { kind: 'postgres', url: withoutDriver };
}

function readSqlite(url: string, rest: string, read: (address: string) => readonly string[]): DatabaseUrl {
  const [address = '', ...queries] = rest.split('?');
  const mode = readMode(url, queries.join('?'));
  const paths = read(address).map(decoded);
  if (mode === 'memory' || paths.includes(':memory:')) return { kind: 'memory' };
  if (paths.length === 0 || paths.includes('')) return refuse(NAME, url, 'a path after sqlite:');
  if (paths.some((path) => /\p{Cc}/u.test(path))) return refuse(NAME, url, 'a path without control characters');
  if (paths.some((path) => path.startsWith('file:'))) return refuse(NAME, url, 'sqlite:PATH, without file: in it');
  const path = theOneMeant(url, paths);
  return mode === 'rw' ? { kind: 'sqlite', path, mustExist: true } : { kind: 'sqlite', path };
}

/** The parameters of sqlx, SQLAlchemy and SQLite URLs that the server supports. */
const PARAMETERS: ReadonlySet<string> = new Set(['mode=rwc', 'mode=rw', 'mode=memory', 'cache=private']);

/** The value of `mode`, if there is one. */
function readMode(url: string, query: string): string | undefined {
  const parameters = query.split('&').filter((text) => text !== '');
  if (parameters.includes('mode=ro')) return refuse(NAME, url, 'no mode=ro: the server has to write');
  const unknown = parameters.find((parameter) => !PARAMETERS.has(parameter));
  if (unknown !== undefined)
    return refuse(NAME, url, `no ${unknown}, but only mode=rwc or mode=rw; in a file name ? is written as %3F`);
  const [mode, ...others] = parameters.filter((parameter) => parameter.startsWith('mode='));
  return others.length === 0 ? mode?.slice('mode='.length) : refuse(NAME, url, 'mode once');
}

/** `//x` is x to sqlx, and nothing to SQLAlchemy; `///x` is /x to sqlx and x to SQLAlchemy; `////x` is /x to both. */
function readings(address: string): readonly string[] {
  const [, slashes = '', name = ''] = /^(\/*)(.*)$/s.exec(address) ?? [];
  if (slashes.length === 2) return [name];
  if (slashes.length !== 3) return [slashes === '' ? name : `/${name}`];
  return name === '' || name === ':memory:' ? [name] : [`/${name}`, name];
}

function readingsOfSqlAlchemy(address: string): readonly string[] {
  if (address === '//' || address === '///') return [':memory:'];
  return address.startsWith('///') ? [address.slice(3)] : [];
}

/** sqlx decodes `%20`. SQLAlchemy, and earlier versions of this product, take it literally. */
function decoded(path: string): string {
  const otherwise = path.replaceAll(/(?:%[0-9a-f]{2})+/gi, (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  });
  return existsSync(path) && !existsSync(otherwise) ? path : otherwise;
}

/** The reading whose file exists, or else the one whose outermost directory exists. */
function theOneMeant(url: string, paths: readonly string[]): string {
  const places = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  const [first] = places;
  if (first !== undefined && places.length === 1) return first;
  const [file, ...otherFiles] = places.filter((path) => existsSync(path));
  if (file !== undefined && otherFiles.length === 0) return file;
  const [inDirectory, ...others] = file === undefined ? places.filter(hasOutermostDirectory) : [];
  if (inDirectory !== undefined && others.length === 0) return inDirectory;
  const choice = places.map((path) => `sqlite:${path.replaceAll('%', '%25').replaceAll('?', '%3F')}`).join(' or ');
  return refuse(NAME, url, `an address that can be read in one way only: write ${choice}`);
}

function hasOutermostDirectory(path: string): boolean {
  const [, directory] = /^(\/?[^/]+)\/./.exec(path) ?? [];
  return directory !== undefined && existsSync(directory);
}
