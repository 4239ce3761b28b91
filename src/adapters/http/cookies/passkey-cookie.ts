import { generateCookie } from 'hono/cookie';
import { CHALLENGE_VALID_MS } from '../../../domain/identity/passkey-challenge.ts';
import type { RequestContext } from '../env.ts';
import { isHttps } from '../requests/https.ts';

/** `__Host-` would not allow the path. */
const SECURE = { name: '__Secure-passkey_ticket', sent: /(?:^|; ?)__Secure-passkey_ticket=([^;]*)/ };
const PLAIN = { name: 'passkey_ticket', sent: /(?:^|; ?)passkey_ticket=([^;]*)/ };
/** The form of what `Secrets.token` returns. */
const TICKET = /^[\w-]{43}$/;

/** Ties challenges for passkeys to the browser that asked for them, which is signed out. It grants no access. */
export interface PasskeyCookie {
  read(c: RequestContext): string | undefined;
  set(c: RequestContext, ticket: string): void;
}

export function makePasskeyCookie({ publicOrigin }: { readonly publicOrigin: string | undefined }): PasskeyCookie {
  return {
    read(c) {
      const { sent } = isHttps(c, publicOrigin) ? SECURE : PLAIN;
      const value = sent.exec(c.req.header('cookie') ?? '')?.[1] ?? '';
      return TICKET.test(value) ? value : undefined;
    },
    set(c, ticket) {
      const secure = isHttps(c, publicOrigin);
      const attributes = {
        path: '/auth',
        httpOnly: true,
        sameSite: 'Strict',
        maxAge: CHALLENGE_VALID_MS / 1000,
      } as const;
      const { name } = secure ? SECURE : PLAIN;
      c.header('Set-Cookie', generateCookie(name, ticket, { ...attributes, secure }), { append: true });
    },
  };
}
