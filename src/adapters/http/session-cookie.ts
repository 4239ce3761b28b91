import { generateCookie } from 'hono/cookie';
import type { MiddlewareHandler } from 'hono/types';
import type { IdentifySession } from '../../application/use-cases/identity/identify-session.ts';
import type { Env, RequestContext } from './env.ts';

const NAME = 'session_token';
const SENT = /(?:^|;)\s*session_token\s*=([^;]*)/g;
const MAX_AGE_S = 604_800;

export interface SessionCookie {
  /** The token that came with the request; undefined when there is none, or more than one. */
  read(c: RequestContext): string | undefined;
  set(c: RequestContext, token: string): void;
  clear(c: RequestContext): void;
}

export function makeSessionCookie({ secure }: { secure: boolean }): SessionCookie {
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;
  // There is no other cookie: what is said last of this one replaces what was said before.
  const answer = (c: RequestContext, token: string, maxAge: number) =>
    c.header('Set-Cookie', generateCookie(NAME, token, { ...attributes, maxAge }));
  return {
    read(c) {
      // With two of them somebody else may have set one: believe neither.
      const [sent, another] = c.req.header('cookie')?.matchAll(SENT) ?? [];
      return another ? undefined : sent?.[1]?.trim();
    },
    set: (c, token) => answer(c, token, MAX_AGE_S),
    clear: (c) => answer(c, '', 0),
  };
}

/** Finds out who is asking. What needs somebody asks for the actor itself, so that a new route is closed until it does. */
export function identify(deps: {
  readonly identifySession: IdentifySession;
  readonly cookie: SessionCookie;
}): MiddlewareHandler<Env> {
  return async (c, next) => {
    const token = deps.cookie.read(c);
    const session = token ? await deps.identifySession(token) : undefined;
    c.set('actor', session?.actor);
    if (token && session?.prolonged) deps.cookie.set(c, token);
    await next();
  };
}
