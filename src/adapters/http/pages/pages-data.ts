import type { WireMembers } from '../../wire/members.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { Theme } from '../cookies/theme.ts';

/** What every page is told. */
export interface AnyPage {
  readonly theme: Theme;
}

export interface PageUser {
  readonly id: number;
  readonly username: string;
}

export interface PageChat {
  readonly id: number;
  readonly name: string;
}

/**
 * The form that signs in and registers. Password managers go by `autocomplete`, which has to be right when the page is loaded:
 * `new-password` makes them propose one, and keeps some from filling in the one they know. So there are two versions of the form.
 */
export interface SignInForm {
  readonly username: string;
  readonly next: string;
  /** For people who are new here, with `new-password`; the other one has `current-password`. */
  readonly isNew: boolean;
  /** Nobody can be new where it is closed. */
  readonly registration: 'open' | 'closed';
}

/** Offers to remove an account that was registered just now, and says where its owner wanted to go. */
export interface UndoOffer {
  /** Undefined when it is the address of the page itself. */
  readonly next?: string;
}

export interface AuthPage extends AnyPage, SignInForm {
  readonly problem?: { readonly field: 'username' | 'password' | 'form'; readonly detail: string } | undefined;
}

export interface HomePage extends AnyPage {
  /** Names this copy of the page's forms, so that one that is sent twice is known. */
  readonly formId: string;
  readonly user: PageUser;
  readonly chats: readonly PageChat[];
  readonly problem?: string | undefined;
  readonly undo?: UndoOffer | undefined;
}

export interface ChatPage extends AnyPage {
  /** Names this copy of the page's forms, so that one that is sent twice is known. */
  readonly formId: string;
  readonly user: PageUser;
  readonly chat: PageChat & { readonly members: number };
  readonly chats: readonly PageChat[];
  /** Oldest first. */
  readonly messages: readonly WireMessage[];
  readonly revision: number;
  /** The position before which there is more, or null. */
  readonly older: number | null;
  /** Whether there is more after these, so that the page shows the past and does not go on live. */
  readonly newer: boolean;
  readonly problem?: string | undefined;
  /** What was written and could not be sent. */
  readonly draft?: string | undefined;
}

export interface InvitePage extends AnyPage {
  /** Undefined when the visitor is signed out. */
  readonly user: PageUser | undefined;
  readonly code: string;
  readonly chat: { readonly name: string; readonly members: number };
  readonly invitedBy: PageUser;
  /** Whether the user is in the chat already. */
  readonly isMember: boolean;
  readonly undo?: UndoOffer | undefined;
  /** What a visitor who is signed out is asked to fill in. */
  readonly signIn: SignInForm;
}

export interface InviteCreatedPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly url: string;
  /** RFC 3339 in UTC. */
  readonly expiresAt: string;
}

export interface MembersPage extends AnyPage {
  readonly user: PageUser;
  readonly members: WireMembers;
  /** The name that was not taken, and why. */
  readonly refused?: { readonly problem: string; readonly name: string } | undefined;
}

export interface ErrorPage extends AnyPage {
  /** By which whoever runs the server finds it in the log. */
  readonly requestId?: string | undefined;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly signedIn: boolean;
  /** Undefined when the visitor is signed out. */
  readonly user?: PageUser | undefined;
  readonly undo?: UndoOffer | undefined;
}

/** Whole HTML documents, by page. */
export interface Pages {
  auth(data: AuthPage): string;
  home(data: HomePage): string;
  chat(data: ChatPage): string;
  invite(data: InvitePage): string;
  inviteCreated(data: InviteCreatedPage): string;
  members(data: MembersPage): string;
  offline(data: AnyPage): string;
  error(data: ErrorPage): string;
}
