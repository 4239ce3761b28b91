import type { WireSession } from '../../wire/session.ts';
import type { AnyPage, PageUser } from './any-page.ts';

export interface AccountPage extends AnyPage {
  readonly user: PageUser;
  /** The password was just changed. */
  readonly isSaved?: boolean;
  readonly problem?: { readonly field: 'current' | 'new'; readonly detail: string };
}

export interface PresencePage extends AnyPage {
  readonly user: PageUser;
  /** Until when the user is away, in RFC 3339 and UTC; null for not away. */
  readonly until: string | null;
  /** The time zone of the user's quiet hours, or nothing. */
  readonly zone: string;
  readonly problem?: string;
}

export interface SessionsPage extends AnyPage {
  readonly user: PageUser;
  /** The current one first. */
  readonly sessions: readonly WireSession[];
}
