const YEAR_S = 31_536_000;

/**
 * A cookie in which the browser remembers how pages look, as in `Set-Cookie` and as `document.cookie` takes it. Scripts can read it, and set it
 * too: it says nothing about anybody.
 * @param options `isUsual`: the browser forgets what it remembered
 */
export function lookCookie(
  [name, value]: readonly [name: string, value: string],
  { isUsual, secure }: { readonly isUsual: boolean; readonly secure: boolean },
): string {
  return `${name}=${value}; Max-Age=${isUsual ? 0 : YEAR_S}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
