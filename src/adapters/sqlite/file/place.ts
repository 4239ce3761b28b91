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
/** Maximum symbolic links in a row, as in Linux. */
const MAX_LINKS = 40;
/** The smallest possible page, and so the smallest database. SQLite takes a file of one byte for empty and overwrites it. */
const MIN_PAGE_BYTES = 512;

/** The path cannot become a database. The message is one line; the code is one of the system's, or like it. */
class UnusablePlace extends Error {
  override readonly name = 'UnusablePlace';
  readonly code: string;

  constructor(code: 'EISDIR' | 'ELOOP' | 'NOT_A_FILE' | 'MOUNTED_FILE' | 'SQLITE_NOTADB', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Creates the directory of the file, and returns the path behind symbolic links: SQLite keeps its other files beside that, not
 * beside a link. An existing file is not touched.
 * @throws Error when the path names anything but a file
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
 * @throws Error also when the file is not readable and writable, is a mount of its own, or is too small to be a database
 */
export function prepareDatabasePlace(path: string): string {
  const file = preparePlace(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found) accessSync(file, constants.R_OK | constants.W_OK);
  assertNotMounted(file);
  const size = found?.size ?? 0;
  if (size > 0 && size < MIN_PAGE_BYTES)
    throw new UnusablePlace('SQLITE_NOTADB', `${file} is not a database: it has ${size} bytes.`);
  return file;
}

/** SQLite finds the log by the file's name: under a second name it would open the file without its log. */
export function assertOneName(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.nlink ?? 1) > 1)
    throw new Error(`${file} has a second name (a hard link). Remove that, or use a copy.`);
}

/**
 * Commits are in the log beside the file until SQLite copies them into the file. Beside a file that is a mount of its own the
 * log is in another directory, which is lost with the container.
 * @param file the path behind symbolic links
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

/** The target of a symbolic link, also when it does not exist yet. */
function behindLinks(path: string, links = 0): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  if (links === MAX_LINKS) throw new UnusablePlace('ELOOP', `${path} is a symbolic link that leads to no file.`);
  return behindLinks(resolve(dirname(path), readlinkSync(path)), links + 1);
}

/** All mount points that this process sees; empty on systems other than Linux. */
function mountPoints(): ReadonlySet<string> {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    return new Set(lines.map((line) => unescaped(line.split(' ')[4] ?? '')));
  } catch {
    return new Set();
  }
}

/** Undoes the octal escapes that the kernel writes for spaces, tabs, line breaks and backslashes. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
