import type { MiddlewareHandler } from 'hono/types';
import type { Env } from './env.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types message-template',
].join('; ');

/** `same-origin`, since under `no-referrer` browsers send `Origin: null` with our own forms. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const TWO_YEARS_S = 63_072_000;

export function securityHeaders({ secure }: { secure: boolean }): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
    if (secure) headers.set('Strict-Transport-Security', `max-age=${TWO_YEARS_S}`);
    const type = headers.get('Content-Type');
    if (type?.startsWith('text/html')) headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    // All that is served is text, JSON and SVG included.
    if (type && !type.includes('charset=')) headers.set('Content-Type', `${type}; charset=utf-8`);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}
