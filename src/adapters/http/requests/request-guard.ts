import type { MiddlewareHandler } from 'hono/types';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { Env, RequestContext } from '../env.ts';
import { askedHost, isOfAskedHost } from './our-origin.ts';
import { wantsEvents } from './wants-events.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Prevents cross-site request forgery without tokens: browsers say where a request comes from, in `Sec-Fetch-Site` or at least
 * in `Origin`, and other programs send neither.
 */
export function guardRequests({ publicOrigin }: { publicOrigin: string | undefined }): MiddlewareHandler<Env> {
  const publicHost = publicOrigin && new URL(publicOrigin).host;

  return async (c, next) => {
    // Some hosts have the right form but are invalid, such as `x.1`. Later code that parses the address would throw.
    if (!URL.canParse(c.req.url)) throw new HttpRefusal('bad_request', 'The host in the address is invalid.');
    if (publicHost && askedHost(c) !== publicHost) {
      throw new HttpRefusal('misdirected', `This server is ${publicOrigin}, which is not the address you asked for.`);
    }
    if (!isOurs(c)) throw new HttpRefusal('cross_site', 'This request came from another site.');
    await next();
  };

  function isOurs(c: RequestContext): boolean {
    // GETs, but not safe: a page can read a socket that it opened, and an open stream takes one of the visitor's places.
    if (c.req.header('upgrade') !== undefined || wantsEvents(c)) return isFromOurSite(c) && isFromOurOrigin(c);
    if (SAFE.has(c.req.method)) return true;
    return c.req.header('sec-fetch-site') ? isFromOurSite(c) : isFromOurOrigin(c);
  }

  /** Also true without `Origin`. */
  function isFromOurOrigin(c: RequestContext): boolean {
    const origin = c.req.header('origin');
    return origin === undefined || origin === publicOrigin || isOfAskedHost(c, origin);
  }
}

/** Also true without `Sec-Fetch-Site`. */
function isFromOurSite(c: RequestContext): boolean {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  return site === 'same-origin' || site === 'none';
}
