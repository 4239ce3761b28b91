import type { WireInvite } from '../../wire/invite.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

export interface InviteCreatedPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly url: string;
  /** RFC 3339 in UTC. */
  readonly expiresAt: string;
}

/** The invites of a chat that still work, as far as the user may see them, and the form that makes one. */
export interface InvitesPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly invites: readonly (WireInvite & { readonly bringsModerators: boolean })[];
  readonly mayInviteModerators: boolean;
  /** The id of this copy of the page's form, by which a form that arrives twice is recognised. */
  readonly formId: string;
  readonly problem?: string | undefined;
}
