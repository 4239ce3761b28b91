import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const ONLY_MY_DIRECTORY = 0o700;
/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;
/** A database has at least a page of this size; SQLite takes a file of one byte for an empty one, and would overwrite it. */
const SMALLEST_PAGE = 512;

/** What the path names cannot become a database. The message is one line, and the code that of the system's, or like it. */
class UnusablePlace extends Error {
  override readonly name = 'UnusablePlace';
  readonly code: string;

  constructor(code: 'EISDIR' | 'ELOOP' | 'NOT_A_FILE' | 'MOUNTED_FILE' | 'SQLITE_NOTADB', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes the directory that the file is to be in, and answers the file's own path: SQLite keeps what belongs to it beside
 * that, not beside a link to it. A file that is there is looked at and not touched.
 * @throws Error when something else than a file is there
 */
export function preparePlace(path: string): string {
  if (path.endsWith('/')) throw new UnusablePlace('EISDIR', `${path} names a directory.`);
  const wanted = behindLinks(resolve(path));
  assertFile(wanted, statSync(wanted, { throwIfNoEntry: false }));
  mkdirSync(dirname(wanted), { recursive: true, mode: ONLY_MY_DIRECTORY });
  return join(realpathSync(dirname(wanted)), basename(wanted));
}

/**
 * The same for a database.
 * @throws Error also when it cannot be read and written, is mounted by itself, or is too small to be a database
 */
export function prepareDatabasePlace(path: string): string {
  const file = preparePlace(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found) accessSync(file, constants.R_OK | constants.W_OK);
  assertNotMounted(file);
  const size = found?.size ?? 0;
  if (size > 0 && size < SMALLEST_PAGE)
    throw new UnusablePlace('SQLITE_NOTADB', `${file} is not a database: it has ${size} bytes.`);
  return file;
}

/** SQLite finds the log of a file by the file's name: under another name it would be opened without what the log holds. */
export function assertOneName(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.nlink ?? 1) > 1)
    throw new Error(`${file} has a second name (a hard link), and needs to be a file of its own.`);
}

/**
 * What is committed is in the log beside the file until SQLite brings it into the file. Beside a file that is mounted by
 * itself the log is in another directory, which goes with the container.
 * @param file its own path, not a link
 */
export function assertNotMounted(file: string): void {
  if (!mountPoints().has(file)) return;
  const log = `${basename(file)}-wal`;
  throw new UnusablePlace(
    'MOUNTED_FILE',
    `${file} is a mount of one file, but a database is more: ${log} beside it would be lost. Mount its directory instead, ${dirname(file)}.`,
  );
}

function assertFile(path: string, found: Stats | undefined): void {
  if (!found || found.isFile()) return;
  if (found.isDirectory())
    throw new UnusablePlace(
      'EISDIR',
      `${path} is a directory: name a file in it, such as ${join(path, 'database.db')}.`,
    );
  const kind = found.isFIFO() ? 'pipe' : found.isSocket() ? 'socket' : 'device';
  throw new UnusablePlace('NOT_A_FILE', `${path} is a ${kind} and not a file.`);
}

/** The file that a link stands for, also when it is still to be made. */
function behindLinks(path: string, links = 0): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  if (links === MAX_LINKS) throw new UnusablePlace('ELOOP', `${path} is a link that leads to no file.`);
  return behindLinks(resolve(dirname(path), readlinkSync(path)), links + 1);
}

/** What is mounted where, as this process sees it; empty on systems other than Linux. */
function mountPoints(): ReadonlySet<string> {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    return new Set(lines.map((line) => unescaped(line.split(' ')[4] ?? '')));
  } catch {
    return new Set();
  }
}

/** Spaces, tabs, line breaks and backslashes are written as three octal digits there. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
