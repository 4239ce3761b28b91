import type { WireSession } from '../../wire/session.ts';
import type { AnyPage, PageUser } from './any-page.ts';

export interface AccountPage extends AnyPage {
  readonly user: PageUser;
  /** The password was just changed. */
  readonly isSaved?: boolean;
  readonly problem?: { readonly field: 'current' | 'new'; readonly detail: string };
}

export interface SessionsPage extends AnyPage {
  readonly user: PageUser;
  /** The current one first. */
  readonly sessions: readonly WireSession[];
}
