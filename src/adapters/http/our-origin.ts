import type { RequestContext } from './env.ts';

/** Where people reach the site: as configured, else as the page that asks says where that can be, else as was asked for. */
export function ourOrigin(c: RequestContext, publicOrigin: string | undefined): string {
  if (publicOrigin) return publicOrigin;
  const { origin: asked } = new URL(c.req.url);
  const claimed = c.req.header('origin');
  return claimed !== undefined && isOfAskedHost(c, claimed) ? claimed : asked;
}

/** Behind a proxy that ends TLS the schemes differ, so only hosts are compared. */
export function isOfAskedHost(c: RequestContext, origin: string): boolean {
  return /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).host === askedHost(c);
}

export function askedHost(c: RequestContext): string {
  return new URL(c.req.url).host;
}
