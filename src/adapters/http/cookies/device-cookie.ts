import { generateCookie } from 'hono/cookie';
import type { RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

/** The same prefix as the session's, but for the path, which `__Host-` does not allow. */
const SECURE = { name: '__Secure-device_token', sent: /(?:^|; ?)__Secure-device_token=([^;]*)/g };
const PLAIN = { name: 'device_token', sent: /(?:^|; ?)device_token=([^;]*)/g };
/** Its tokens are joined by a character that neither base64url nor the tokens have. */
const SEPARATOR = '~';
const TOKEN = /^[\w-]{43}\.[\w-]{43}$/;
/** As long as browsers keep any cookie: 400 days. */
const MAX_AGE_S = 400 * 24 * 3600;

/** Keeps the tokens of those who signed in with this browser. They open nothing: see `known-devices.ts`. */
export interface DeviceCookie {
  read(c: RequestContext): readonly string[];
  /** Adds to the cookies of the answer, so that the session's has to be set before. */
  add(c: RequestContext, tokens: readonly string[]): void;
}

/** Signing out leaves it, and it is sent to the sign-in form alone. */
export function makeDeviceCookie({ publicOrigin }: { readonly publicOrigin: string | undefined }): DeviceCookie {
  const attributes = { path: '/auth', httpOnly: true, sameSite: 'Lax', maxAge: MAX_AGE_S } as const;
  return {
    read(c) {
      const { sent } = isHttps(c, publicOrigin) ? SECURE : PLAIN;
      const values = [...(c.req.header('cookie') ?? '').matchAll(sent)].flatMap(([, value = '']) =>
        value.split(SEPARATOR),
      );
      return [...new Set(values.filter((token) => TOKEN.test(token)))];
    },
    add(c, tokens) {
      const secure = isHttps(c, publicOrigin);
      const { name } = secure ? SECURE : PLAIN;
      c.header('Set-Cookie', generateCookie(name, tokens.join(SEPARATOR), { ...attributes, secure }), { append: true });
    },
  };
}
