import { generateCookie } from 'hono/cookie';
import type { RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

const NAME = 'account_undone';
const SENT = /(?:^|; ?)account_undone=([12])(?:;|$)/;
/** Maximum time until the browser follows the redirect. */
const MAX_AGE_S = 60;

/** What became of an account: a new one was undone, or one was deleted for good. */
export type Gone = 'undone' | 'deleted';

/** Lets the sign-in page say, once, that an account is gone. With a parameter in the address, any link could say so. */
export interface UndoneCookie {
  set(c: RequestContext, gone: Gone): void;
  /** What the cookie that was sent says. It is cleared. */
  take(c: RequestContext): Gone | undefined;
}

export function makeUndoneCookie({ publicOrigin }: { readonly publicOrigin: string | undefined }): UndoneCookie {
  const answer = (c: RequestContext, value: string, maxAge: number) => {
    const secure = isHttps(c, publicOrigin);
    const cookie = generateCookie(NAME, value, { path: '/auth', httpOnly: true, sameSite: 'Lax', secure, maxAge });
    c.header('Set-Cookie', cookie, { append: true });
  };
  return {
    set: (c, gone) => answer(c, gone === 'deleted' ? '2' : '1', MAX_AGE_S),
    take(c) {
      const sent = SENT.exec(c.req.header('cookie') ?? '')?.[1];
      if (sent === undefined) return undefined;
      answer(c, '', 0);
      return sent === '2' ? 'deleted' : 'undone';
    },
  };
}
