import { accessSync, chmodSync, chownSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { preparePlace } from './place.ts';

const ONLY_MINE = 0o600;

/**
 * Makes the file, and its directory, for nobody else to read, where they are not there yet, and closes a file that others
 * could read.
 * @throws Error of the file system when it cannot be read and written
 */
export function makePrivateFile(path: string): void {
  const place = preparePlace(path);
  if (makeFile(place)) keepOwner(place, dirname(place));
  else closeToOthers(place);
}

function closeToOthers(path: string): void {
  accessSync(path, constants.R_OK | constants.W_OK);
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, ONLY_MINE);
}

/** What root makes for a server that does not run as root would be closed to it. */
export function keepOwner(path: string, like: string): void {
  const [made, wanted] = [statSync(path), statSync(like)];
  const isAlike = made.uid === wanted.uid && made.gid === wanted.gid;
  if (process.getuid?.() === 0 && !isAlike) chownSync(path, wanted.uid, wanted.gid);
}

/** False when it is there already: then it is not opened, for closing it would drop this process's locks on it. */
function makeFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'ax', ONLY_MINE));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
