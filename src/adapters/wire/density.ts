/** How close the rows of chats and messages stand. */
export type Density = 'comfortable' | 'compact';

const COMPACT = /(?:^|;)\s*density=compact\s*(?:;|$)/;
const YEAR_S = 31_536_000;

export const densityOf = (value: string | undefined): Density => (value === 'compact' ? value : 'comfortable');

/** @param cookies as in the header `Cookie` and in `document.cookie` */
export const chosenDensity = (cookies: string): Density => (COMPACT.test(cookies) ? 'compact' : 'comfortable');

/** The cookie in which the browser remembers the density, as in `Set-Cookie` and as `document.cookie` takes it. It says nothing about anybody. */
export function densityCookie(density: Density, { secure }: { readonly secure: boolean }): string {
  const maxAge = density === 'compact' ? YEAR_S : 0;
  return `density=${density}; Max-Age=${maxAge}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
