import type { RequestContext } from '../env.ts';
import { isOfAskedHost } from './our-origin.ts';

/** A base that is no real address, to find out whether a path leads away from it. */
const HERE = 'http://this-site.invalid';

/** The path to go to after signing in: `next` when it is a path of this site, else the front page. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith('/') || /[\\\p{Cc}]/u.test(next) || !URL.canParse(next, HERE)) return '/';
  const url = new URL(next, HERE);
  return url.origin === HERE && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/';
}

/** Where a signed-out visitor was going. A form cannot be sent again after signing in, so there it is the page with the form. */
export function wantedPath(c: RequestContext): string {
  const { method, url } = c.req;
  if (method === 'GET' || method === 'HEAD') return pathOf(url);
  const referer = c.req.header('referer');
  return referer !== undefined && isOfAskedHost(c, referer) ? pathOf(referer) : '/';
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return safeNext(pathname + search);
}
