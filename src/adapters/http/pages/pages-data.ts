import type { ShownRole } from '../../../domain/chats/membership.ts';
import type { MessagePermission } from '../../../domain/messages/permissions.ts';
import type { WireMembers } from '../../wire/members.ts';
import type { WireMessage, WireQuote } from '../../wire/message.ts';
import type { WireMissedChat } from '../../wire/missed.ts';
import type { WireChatSummary, WireReading } from '../../wire/user-frames.ts';
import type { AccountPages } from './account-pages.ts';
import type { AdministrationPages } from './administration-pages.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';
import type { ExportPages } from './export-pages.ts';
import type { ExportedChatPages } from './exported-chat.ts';
import type { ChatExportPage, FilesPage } from './files-page.ts';
import type { InviteCreatedPage, InvitesPage } from './invite-pages.ts';
import type { AuditPage, ReportsPage } from './moderation-pages.ts';
import type { NotificationsPage, NotifiedPage } from './notification-pages.ts';
import type { PastPage, VersionsPage } from './past-page.ts';
import type { PicturePage } from './picture-page.ts';
import type { SearchPage } from './search-page.ts';
import type { SignInForm } from './sign-in-form.ts';

/** The offer to remove an account that was just registered, and the path that its owner wanted. */
export interface UndoOffer {
  /** Undefined for the address of the page itself. */
  readonly next?: string;
}

export interface AuthPage extends AnyPage, SignInForm {
  /** What just became of the visitor's account: a new one was undone, or one was deleted. */
  readonly gone?: 'undone' | 'deleted' | undefined;
  readonly problem?: { readonly field: 'username' | 'password' | 'form'; readonly detail: string } | undefined;
}

/** Which of the user's chats a list shows. */
export type ShownChats = 'all' | 'unread' | 'direct';

export interface HomePage extends AnyPage {
  readonly show: ShownChats;
  /** The id of this copy of the page's forms, by which a form that arrives twice is recognised. */
  readonly formId: string;
  readonly user: PageUser;
  /** By their newest message, the newest first. */
  readonly chats: readonly WireChatSummary[];
  readonly problem?: string | undefined;
  readonly undo?: UndoOffer | undefined;
}

/** What the user missed since they last read their chats. */
export interface CatchUpPage extends Omit<HomePage, 'problem' | 'undo'> {
  readonly missed: readonly WireMissedChat[];
}

export interface ChatPage extends AnyPage {
  readonly show: ShownChats;
  /** The id of this copy of the page's forms, by which a form that arrives twice is recognised. */
  readonly formId: string;
  readonly user: PageUser;
  readonly chat: PageChat & { readonly members: number };
  /** The user's role in the chat. */
  readonly role: ShownRole;
  readonly isDirect: boolean;
  /** In words, the shortest time between two posts of the user; null where there is none. */
  readonly slowMode: string | null;
  /** Nothing in the chat changes. */
  readonly archived: boolean;
  /** Whether the user may bring it back. */
  readonly mayBringBack: boolean;
  /** After how long messages are erased, in words; null where they are kept. */
  readonly retention: string | null;
  /** By their newest message, the newest first. */
  readonly chats: readonly WireChatSummary[];
  /** Oldest first. */
  readonly messages: readonly WireMessage[];
  readonly revision: number;
  /** What the user has yet to read here. */
  readonly reading: Pick<WireReading, 'read' | 'read_version' | 'unread' | 'pinned'>;
  /** The position of the first unread message, or null where the page does not tell which one that is. */
  readonly firstUnread: number | null;
  /** The position before which there are more messages, or null. */
  readonly older: number | null;
  /** The position after which there are more messages, or null: the page shows the chat up to its end. */
  readonly newer: number | null;
  /** The position of the message that the page is about, or null. */
  readonly marked: number | null;
  /** The message that the post in the composer will answer. */
  readonly reply?: WireQuote | undefined;
  readonly problem?: string | undefined;
  /** The text that was refused. */
  readonly draft?: string | undefined;
}

export interface InvitePage extends AnyPage {
  /** Undefined when the visitor is signed out. */
  readonly user: PageUser | undefined;
  readonly code: string;
  readonly chat: { readonly name: string; readonly members: number };
  readonly invitedBy: PageUser;
  /** Whether the user is already a member. */
  readonly isMember: boolean;
  readonly undo?: UndoOffer | undefined;
  /** The form for a visitor who is signed out. */
  readonly signIn: SignInForm;
}

export interface ChatMembersPage extends AnyPage {
  readonly user: PageUser;
  readonly members: WireMembers;
  /** The refused name, and the reason. */
  readonly refused?: { readonly problem: string; readonly name: string } | undefined;
}

/** The user's archived chats, by their newest message, the newest first. */
export interface ArchivedPage extends AnyPage {
  readonly user: PageUser;
  readonly chats: readonly (WireChatSummary & { readonly may_bring_back: boolean })[];
}

/** The people whom the user blocks. */
export interface BlocksPage extends AnyPage {
  readonly user: PageUser;
  readonly blocks: readonly PageUser[];
}

/** A message with everything that its reader may do with it. */
export interface MessagePage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly message: WireMessage;
  readonly may: ReadonlySet<MessagePermission>;
  /** The address of the message in its chat, with the origin. */
  readonly permalink: string;
  /** The edit that was refused, and the reason. */
  readonly refused?: { readonly problem: string; readonly text: string } | undefined;
  /** Why a report was refused. */
  readonly reportProblem?: string | undefined;
}

/** The pinned messages of a chat, the one that was pinned last first. */
export interface PinsPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly messages: readonly WireMessage[];
}

export interface ErrorPage extends AnyPage {
  /** The id under which the operator finds the request in the log. */
  readonly requestId?: string | undefined;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly signedIn: boolean;
  /** The page of the chat in which something was refused. */
  readonly chatPath?: string | undefined;
  /** Undefined when the visitor is signed out. */
  readonly user?: PageUser | undefined;
  readonly undo?: UndoOffer | undefined;
}

/** Whole HTML documents by page, and one part of a page. */
export interface Pages extends AccountPages {
  readonly administration: AdministrationPages;
  readonly exported: ExportPages;
  readonly exportedChat: ExportedChatPages;
  auth(data: AuthPage): string;
  home(data: HomePage): string;
  chat(data: ChatPage): string;
  /** The part of a chat's page that differs from those of the reader's other chats. */
  chatPart(data: ChatPage): string;
  catchUp(data: CatchUpPage): string;
  invite(data: InvitePage): string;
  inviteCreated(data: InviteCreatedPage): string;
  invites(data: InvitesPage): string;
  members(data: ChatMembersPage): string;
  offline(data: AnyPage): string;
  notifications(data: NotificationsPage): string;
  archived(data: ArchivedPage): string;
  chatExport(data: ChatExportPage): string;
  blocks(data: BlocksPage): string;
  message(data: MessagePage): string;
  files(data: FilesPage): string;
  picture(data: PicturePage): string;
  pins(data: PinsPage): string;
  past(data: PastPage): string;
  search(data: SearchPage): string;
  reports(data: ReportsPage): string;
  audit(data: AuditPage): string;
  versions(data: VersionsPage): string;
  notified(data: NotifiedPage): string;
  error(data: ErrorPage): string;
}
