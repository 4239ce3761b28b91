/** How pages look: as the system does, or as was chosen in this browser. */
export type Theme = 'system' | 'light' | 'dark';

const CHOSEN = /(?:^|;)\s*theme=(light|dark)\s*(?:;|$)/;
const YEAR_S = 31_536_000;

export const themeOf = (value: string | undefined): Theme => (value === 'light' || value === 'dark' ? value : 'system');

/** @param cookies as in the header `Cookie` and in `document.cookie` */
export const chosenTheme = (cookies: string): Theme => themeOf(CHOSEN.exec(cookies)?.[1]);

/**
 * The cookie in which the browser remembers the theme, as in `Set-Cookie` and as `document.cookie` takes it. Scripts can read
 * it, and set it too: it says nothing about anybody.
 */
export function themeCookie(theme: Theme, { secure }: { readonly secure: boolean }): string {
  const maxAge = theme === 'system' ? 0 : YEAR_S;
  return `theme=${theme}; Max-Age=${maxAge}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
