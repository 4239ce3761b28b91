import { lookCookie } from './look-cookie.ts';

/** How close the rows of chats and messages stand. */
export type Density = 'comfortable' | 'compact';

const COMPACT = /(?:^|;)\s*density=compact\s*(?:;|$)/;

export const densityOf = (value: string | undefined): Density => (value === 'compact' ? value : 'comfortable');

/** @param cookies as in the header `Cookie` and in `document.cookie` */
export const chosenDensity = (cookies: string): Density => (COMPACT.test(cookies) ? 'compact' : 'comfortable');

export const densityCookie = (density: Density, { secure }: { readonly secure: boolean }): string =>
  lookCookie(['density', density], { isUsual: density === 'comfortable', secure });
