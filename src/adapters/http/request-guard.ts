import type { MiddlewareHandler } from 'hono/types';
import type { Env, RequestContext } from './env.ts';
import { HttpRefusal } from './http-refusal.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Keeps other sites from acting in a visitor's name, without tokens: browsers say where a request comes from, in
 * `Sec-Fetch-Site` or at least `Origin`, and programs that are no browsers say neither.
 */
export function guardRequests({ publicOrigin }: { publicOrigin: string | undefined }): MiddlewareHandler<Env> {
  const publicHost = publicOrigin && new URL(publicOrigin).host;
  return async (c, next) => {
    if (publicHost && hostOf(c) !== publicHost) {
      throw new HttpRefusal('misdirected', `This is ${publicOrigin}, and not the address you asked for.`);
    }
    const isUpgrade = c.req.header('upgrade') !== undefined;
    const isOurs = isUpgrade
      ? isFromOurSite(c) && isFromOurOrigin(c, publicOrigin)
      : SAFE.has(c.req.method) ||
        (c.req.header('sec-fetch-site') ? isFromOurSite(c) : isFromOurOrigin(c, publicOrigin));
    if (!isOurs) throw new HttpRefusal('cross_site', 'This request came from another site.');
    await next();
  };
}

function isFromOurSite(c: RequestContext): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** True too when there is no `Origin`. Behind a proxy that ends TLS the schemes differ, so only hosts are compared. */
function isFromOurOrigin(c: RequestContext, publicOrigin: string | undefined): boolean {
  const origin = c.req.header('origin');
  if (origin === undefined || origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === hostOf(c);
}

function hostOf(c: RequestContext): string {
  return new URL(c.req.url).host;
}
