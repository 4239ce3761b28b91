import type { MiddlewareHandler } from 'hono/types';
import type { Env, RequestContext } from '../env.ts';
import { accepts } from '../requests/accepted-coding.ts';
import { isHttps } from '../requests/https.ts';
import { compressPage } from './compressed-page.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types message-template service-worker highlighter',
].join('; ');

/** The referrer policy is `same-origin`: under `no-referrer` browsers send `Origin: null` with our own forms. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const TWO_YEARS_S = 63_072_000;

export function securityHeaders({
  publicOrigin,
}: {
  readonly publicOrigin: string | undefined;
}): MiddlewareHandler<Env> {
  const overHttp = withPageHeaders(ALWAYS);
  const overHttps = withPageHeaders({ ...ALWAYS, 'Strict-Transport-Security': `max-age=${TWO_YEARS_S}` });

  return async (c, next) => {
    const { always, pageHeaders } = isHttps(c, publicOrigin) ? overHttps : overHttp;
    c.set('pageHeaders', pageHeaders);
    await next();
    // An upgrade has no body that could be misread or stored.
    if (c.get('isUpgraded') || complete.has(c.res)) return;
    const { headers } = c.res;
    for (const [name, value] of always) headers.set(name, value);
    const type = headers.get('Content-Type');
    if (type?.startsWith('text/html')) headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    // Everything else served is text, JSON and SVG included, except for a few icons, which the parameter does not harm.
    if (type && type !== 'application/zip' && !type.includes('charset='))
      headers.set('Content-Type', `${type}; charset=utf-8`);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}

function withPageHeaders(headers: Readonly<Record<string, string>>) {
  const pageHeaders = {
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cache-Control': 'no-store',
  };
  return { always: Object.entries(headers), pageHeaders };
}

/**
 * Answers the bytes of a file. They have no text in them whose encoding would have to be named.
 * @param headers with a policy and a rule for caches of its own
 */
export function answerFile(
  c: RequestContext,
  body: ReadableStream<Uint8Array> | null,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
): Response {
  const response = new Response(body, { status, headers: { ...c.get('pageHeaders'), ...headers } });
  complete.add(response);
  return response;
}

/** Responses that already have all their headers. */
const complete = new WeakSet<Response>();

const COMPRESSED = { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };

/** Answers a page, with its headers as one plain object: sending these costs a tenth of sending `Headers`. */
export function answerPage(
  c: RequestContext,
  page: string | Uint8Array<ArrayBuffer>,
  more: Readonly<Record<string, string>> = {},
): Response {
  const isCompressed = accepts('gzip', c.req.header('accept-encoding'));
  const headers = { ...c.get('pageHeaders'), ...(isCompressed && COMPRESSED), ...more };
  const body = isCompressed ? compressPage(page) : page;
  // Headers that were set on the context before, such as a cookie, have to go out with the page.
  const isBare = c.newResponse(null).headers.keys().next().done === true;
  if (!isBare) return c.body(body, 200, headers);
  const response = new Response(body, { headers });
  complete.add(response);
  return response;
}
