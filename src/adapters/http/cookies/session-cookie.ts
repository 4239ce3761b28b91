import { generateCookie } from 'hono/cookie';
import type { MiddlewareHandler } from 'hono/types';
import type { IdentifiedSession, IdentifySession } from '../../../application/use-cases/identity/identify-session.ts';
import type { Env, RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

/**
 * Over HTTPS the prefix makes browsers refuse a cookie of this name from any other host, such as a sibling subdomain that
 * plants its own session. The bare name is not accepted there, because it could have been planted.
 */
const SECURE = { name: '__Host-session_token', sent: /(?:^|; ?)__Host-session_token=([^;]*)/g };
/** Over plain HTTP browsers refuse the prefix. The original app used this name too. */
const PLAIN = { name: 'session_token', sent: /(?:^|; ?)session_token=([^;]*)/g };
/** The form of what `Secrets.token` returns. */
const TOKEN = /^[\w-]{43}$/;
const MAX_AGE_S = 604_800;
/** Maximum tokens looked up for one request. */
const MAX_TOKENS = 8;

export interface SessionCookie {
  /** The tokens in the request. There are several when another host or path of the domain has set the same cookie. */
  read(c: RequestContext): readonly string[];
  set(c: RequestContext, token: string): void;
  clear(c: RequestContext): void;
}

export function makeSessionCookie({ publicOrigin }: { publicOrigin: string | undefined }): SessionCookie {
  // Replaces an earlier `Set-Cookie`: no other cookie is set before this one.
  const answer = (c: RequestContext, token: string, maxAge: number) => {
    const secure = isHttps(c, publicOrigin);
    const { name } = secure ? SECURE : PLAIN;
    c.header('Set-Cookie', generateCookie(name, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge }));
  };
  return {
    read(c) {
      const header = c.req.header('cookie');
      if (header === undefined) return [];
      const { sent } = isHttps(c, publicOrigin) ? SECURE : PLAIN;
      const tokens = new Set<string>();
      for (const [, value = ''] of header.matchAll(sent)) {
        if (TOKEN.test(value)) tokens.add(value);
        if (tokens.size === MAX_TOKENS) break;
      }
      return [...tokens];
    },
    set: (c, token) => answer(c, token, MAX_AGE_S),
    clear: (c) => answer(c, '', 0),
  };
}

/** Identifies the caller. Each route calls `requireActor` itself when it needs one. */
export function identify(deps: {
  readonly identifySession: IdentifySession;
  readonly cookie: SessionCookie;
}): MiddlewareHandler<Env> {
  const { identifySession, cookie } = deps;
  return async (c, next) => {
    const found = await firstValid(cookie.read(c));
    c.set('actor', found?.session.actor);
    if (found?.session.prolonged) cookie.set(c, found.token);
    await next();
  };

  async function firstValid(tokens: readonly string[]): Promise<FoundSession | undefined> {
    for (const token of tokens) {
      const session = await identifySession(token);
      if (session) return { token, session };
    }
    return undefined;
  }
}

interface FoundSession {
  readonly token: string;
  readonly session: IdentifiedSession;
}
