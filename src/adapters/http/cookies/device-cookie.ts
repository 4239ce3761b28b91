import { generateCookie } from 'hono/cookie';
import type { RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

/** `__Host-` would not allow the path. */
const SECURE = { name: '__Secure-device_token', sent: /(?:^|; ?)__Secure-device_token=([^;]*)/g };
const PLAIN = { name: 'device_token', sent: /(?:^|; ?)device_token=([^;]*)/g };
/** Joins the tokens; neither base64url nor a token contains it. */
const SEPARATOR = '~';
const TOKEN = /^[\w-]{43}\.[\w-]{43}$/;
/** The longest that browsers keep a cookie: 400 days. */
const MAX_AGE_S = 400 * 24 * 3600;

/** Holds the tokens of the people who signed in with this browser. They grant no access: see `known-devices.ts`. */
export interface DeviceCookie {
  read(c: RequestContext): readonly string[];
  /** Appends to the cookies of the answer. The session cookie has to be set before, because it replaces them. */
  add(c: RequestContext, tokens: readonly string[]): void;
}

/** The cookie survives signing out, and is sent to the sign-in form only. */
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
