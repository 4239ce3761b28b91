import type { MiddlewareHandler } from 'hono/types';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { Env, RequestContext } from '../env.ts';
import { askedHost, isOfAskedHost } from './our-origin.ts';
import { wantsEvents } from './wants-events.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Keeps other sites from acting in a visitor's name, without tokens: browsers say where a request comes from, in
 * `Sec-Fetch-Site` or at least `Origin`, and programs that are no browsers say neither.
 */
export function guardRequests({ publicOrigin }: { publicOrigin: string | undefined }): MiddlewareHandler<Env> {
  const publicHost = publicOrigin && new URL(publicOrigin).host;

  return async (c, next) => {
    // Some names have the form of a host and are none, `x.1` for one: whatever reads the address later would throw.
    if (!URL.canParse(c.req.url)) throw new HttpRefusal('bad_request', 'The address names no host.');
    if (publicHost && askedHost(c) !== publicHost) {
      throw new HttpRefusal('misdirected', `This is ${publicOrigin}, and not the address you asked for.`);
    }
    if (!isOurs(c)) throw new HttpRefusal('cross_site', 'This request came from another site.');
    await next();
  };

  function isOurs(c: RequestContext): boolean {
    // A page reads what the socket says that it opened, and an open stream takes one of the visitor's places: neither is
    // safe, though both are GETs.
    if (c.req.header('upgrade') !== undefined || wantsEvents(c)) return isFromOurSite(c) && isFromOurOrigin(c);
    if (SAFE.has(c.req.method)) return true;
    return c.req.header('sec-fetch-site') ? isFromOurSite(c) : isFromOurOrigin(c);
  }

  /** True too when there is no `Origin`. */
  function isFromOurOrigin(c: RequestContext): boolean {
    const origin = c.req.header('origin');
    return origin === undefined || origin === publicOrigin || isOfAskedHost(c, origin);
  }
}

/** True too when there is no `Sec-Fetch-Site`. */
function isFromOurSite(c: RequestContext): boolean {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  return site === 'same-origin' || site === 'none';
}
