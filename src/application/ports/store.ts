import type { Chats, ChatsView } from './chats.ts';
import type { Invites, InvitesView } from './invites.ts';
import type { Jobs, JobsView } from './jobs.ts';
import type { Members, MembersView } from './members.ts';
import type { Messages, MessagesView } from './messages.ts';
import type { Sessions, SessionsView } from './sessions.ts';
import type { Users, UsersView } from './users.ts';

/** All that is kept, as one unit of work sees it: its own writes included. */
export interface Store {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly chats: Chats;
  readonly members: Members;
  readonly invites: Invites;
  readonly messages: Messages;
  readonly jobs: Jobs;
}

/**
 * All that is kept, for reading outside a unit of work. It shows what has been committed, durably, and nothing else;
 * what a `run` committed is seen by every read that begins after it resolved. Two reads are two moments.
 */
export interface StoreView {
  /**
   * Another number after each commit, whoever made it: while it is the same, so is all that can be read. Undefined where
   * that cannot be told for much less than a read.
   */
  version(): number | undefined;
  /** Milliseconds since 1970 by the storage's own clock; undefined where the storage has none but this machine's. */
  time(): Promise<number | undefined>;
  readonly users: UsersView;
  readonly sessions: SessionsView;
  readonly chats: ChatsView;
  readonly members: MembersView;
  readonly invites: InvitesView;
  readonly messages: MessagesView;
  readonly jobs: JobsView;
}
