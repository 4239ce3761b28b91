import type { SignedIn, SignInPlace } from '../../../application/use-cases/identity/sign-ins.ts';
import type { DeviceCookie } from '../cookies/device-cookie.ts';
import type { SessionCookie } from '../cookies/session-cookie.ts';
import type { RequestContext } from '../env.ts';
import { clientAddressKey } from '../requests/client-address.ts';
import { deviceName } from '../requests/device-name.ts';
import { safeNext } from '../requests/next-path.ts';
import type { Reporting } from './reporting.ts';

export interface SignInCookies {
  readonly cookie: SessionCookie;
  readonly deviceCookie: DeviceCookie;
  readonly reporting: Reporting;
}

/** Where a request to sign in comes from. */
export const signInPlace = (c: RequestContext, { cookie, deviceCookie }: SignInCookies): Omit<SignInPlace, 'code'> => ({
  presentedTokens: cookie.read(c),
  address: clientAddressKey(c),
  deviceName: deviceName(c),
  deviceTokens: deviceCookie.read(c),
});

interface SentForm {
  readonly next?: string | undefined;
  /** Sent by our own page: after signing in, the browser comes back to check that it kept the cookie. */
  readonly check_cookie?: string | undefined;
}

/** Gives the browser its session. */
export function welcome(
  c: RequestContext,
  { cookie, deviceCookie, reporting }: SignInCookies,
  signedIn: SignedIn,
): SignedIn {
  cookie.set(c, signedIn.token);
  deviceCookie.add(c, signedIn.deviceTokens);
  reporting.signedIn(c, signedIn);
  return signedIn;
}

/** Leads to where the person wanted to go. */
export function leadOn(c: RequestContext, { next, check_cookie }: SentForm): Response {
  const target = safeNext(next);
  return c.redirect(check_cookie === undefined ? target : `/auth?check_cookie&next=${encodeURIComponent(target)}`, 303);
}
