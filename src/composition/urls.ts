/** The URL without its password, which may contain any character: for printing and storing. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):.*@/s, '$1:…@').replaceAll(/([?&]password=)[^&]*/g, '$1…');
}

/** A URL that could not be parsed, for printing. Any part of it may be the password, so most of it is cut. */
export function redacted(url: string): string {
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:(\/\/)?/i.exec(url) ?? [];
  return /^[\w./\\ -]*$/.test(url) ? url : `${scheme}…`;
}

/** What to expect instead of a URL that is not sound. */
export const SOUND = 'an address whose password has % written as %25, and #, /, ? and @ as %23, %2F, %3F and %40';

/** False when a character of the password was parsed as a delimiter, or a percent sign encodes nothing. */
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
