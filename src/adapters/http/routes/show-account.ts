import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, requireActor } from '../env.ts';
import type { AccountPage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';

/** What the caller did last. */
export type ShownAccount = Pick<AccountPage, 'saved' | 'problem' | 'wanted'>;

/** The page of the caller's account. */
export const showAccount = ({ pages }: { readonly pages: Pages }, c: RequestContext, shown: ShownAccount): string =>
  pages.account({ theme: cookieTheme(c), user: requireActor(c).user, ...shown });
