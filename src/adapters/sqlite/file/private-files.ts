import { accessSync, chmodSync, chownSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { preparePlace } from './place.ts';

const ONLY_MINE = 0o600;

/**
 * Creates the file and its directory, readable by their owner only. Removes the permissions of others from an existing file.
 * @throws Error of the file system when the file is not readable and writable
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

/** Gives a file that root created to the owner of `like`: a server that does not run as root could not open it. */
export function keepOwner(path: string, like: string): void {
  const [made, wanted] = [statSync(path), statSync(like)];
  const isAlike = made.uid === wanted.uid && made.gid === wanted.gid;
  if (process.getuid?.() === 0 && !isAlike) chownSync(path, wanted.uid, wanted.gid);
}

/** Returns false when the file exists. It is not opened then: closing it would drop this process's locks on it. */
function makeFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'ax', ONLY_MINE));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
