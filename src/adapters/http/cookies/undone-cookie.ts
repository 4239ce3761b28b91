import { generateCookie } from 'hono/cookie';
import type { RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

const NAME = 'account_undone';
const SENT = /(?:^|; ?)account_undone=1(?:;|$)/;
/** Maximum time until the browser follows the redirect. */
const MAX_AGE_S = 60;

/** Lets the sign-in page say, once, that a new account was removed. With a parameter in the address, any link could say so. */
export interface UndoneCookie {
  set(c: RequestContext): void;
  /** Whether the cookie was sent. It is cleared. */
  take(c: RequestContext): boolean;
}

export function makeUndoneCookie({ publicOrigin }: { readonly publicOrigin: string | undefined }): UndoneCookie {
  const answer = (c: RequestContext, value: string, maxAge: number) => {
    const secure = isHttps(c, publicOrigin);
    const cookie = generateCookie(NAME, value, { path: '/auth', httpOnly: true, sameSite: 'Lax', secure, maxAge });
    c.header('Set-Cookie', cookie, { append: true });
  };
  return {
    set: (c) => answer(c, '1', MAX_AGE_S),
    take(c) {
      const isSent = SENT.test(c.req.header('cookie') ?? '');
      if (isSent) answer(c, '', 0);
      return isSent;
    },
  };
}
