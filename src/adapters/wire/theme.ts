import { lookCookie } from './look-cookie.ts';

/** How pages look: as the system does, or as was chosen in this browser. */
export type Theme = 'system' | 'light' | 'dark';

const CHOSEN = /(?:^|;)\s*theme=(light|dark)\s*(?:;|$)/;

export const themeOf = (value: string | undefined): Theme => (value === 'light' || value === 'dark' ? value : 'system');

/** @param cookies as in the header `Cookie` and in `document.cookie` */
export const chosenTheme = (cookies: string): Theme => themeOf(CHOSEN.exec(cookies)?.[1]);

export const themeCookie = (theme: Theme, { secure }: { readonly secure: boolean }): string =>
  lookCookie(['theme', theme], { isUsual: theme === 'system', secure });
