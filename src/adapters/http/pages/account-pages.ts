import type { WireSession } from '../../wire/session.ts';
import type { AnyPage, PageUser } from './any-page.ts';

export interface AccountPage extends AnyPage {
  readonly user: PageUser;
  /** What was just changed. */
  readonly saved?: 'username' | 'password' | undefined;
  readonly problem?: { readonly field: 'username' | 'current' | 'new'; readonly detail: string };
  /** The name that was refused. */
  readonly wanted?: string;
}

/** The form of a reset link. */
export interface ResetPage extends AnyPage {
  readonly username: string;
  readonly token: string;
  readonly problem?: string;
}

export interface ResetDonePage extends AnyPage {
  readonly user: PageUser;
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
