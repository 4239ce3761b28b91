/** The address as it may be printed and kept: without the password, which may hold any character. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):.*@/s, '$1:…@').replaceAll(/([?&]password=)[^&]*/g, '$1…');
}

/** What may be printed of an address that could not be read: nobody knows which part of it is the password. */
export function redacted(url: string): string {
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:(\/\/)?/i.exec(url) ?? [];
  return /^[\w./\\ -]*$/.test(url) ? url : `${scheme}…`;
}

/** What `refuse` says of an address that is not sound. */
export const SOUND = 'an address whose password has % written as %25, and #, /, ? and @ as %23, %2F, %3F and %40';

/** False where a character of the password was taken for the end of it, or a percent sign stands for nothing. */
export function isSound(url: string): boolean {
  const { username, password, hostname, pathname, search, hash } = new URL(url);
  const isCutShort = username === '' && password === '' && `${pathname}${search}`.includes('@');
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return hash === '' && !isCutShort;
  } catch {
    return false;
  }
}
