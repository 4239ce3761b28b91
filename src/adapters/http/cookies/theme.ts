import type { RequestContext } from '../env.ts';

/** The colours of pages: those of the visitor's system, or the ones chosen in this browser. */
export type Theme = 'system' | 'light' | 'dark';

/** The page's script reads and sets this cookie too. It tells nothing about a person. */
const CHOSEN = /(?:^|;)\s*theme=(light|dark)\s*(?:;|$)/;
const YEAR_S = 31_536_000;

export function themeOf(c: RequestContext): Theme {
  const [, chosen] = c.req.header('cookie')?.match(CHOSEN) ?? [];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** The `Set-Cookie` value that makes the browser remember the theme. */
export function themeCookie(theme: Theme, { secure }: { readonly secure: boolean }): string {
  const maxAge = theme === 'system' ? 0 : YEAR_S;
  return `theme=${theme}; Max-Age=${maxAge}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
