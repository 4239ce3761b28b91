import type { RequestContext } from '../env.ts';

/** How pages look: as the visitor's system does, or as they chose in this browser. */
export type Theme = 'system' | 'light' | 'dark';

/** Plain and readable by the page's script, which sets it too: it says nothing of anybody. */
const CHOSEN = /(?:^|;)\s*theme=(light|dark)\s*(?:;|$)/;
const YEAR_S = 31_536_000;

export function themeOf(c: RequestContext): Theme {
  const [, chosen] = c.req.header('cookie')?.match(CHOSEN) ?? [];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** The value of a `Set-Cookie` by which the browser remembers it. */
export function themeCookie(theme: Theme, { secure }: { readonly secure: boolean }): string {
  const maxAge = theme === 'system' ? 0 : YEAR_S;
  return `theme=${theme}; Max-Age=${maxAge}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
