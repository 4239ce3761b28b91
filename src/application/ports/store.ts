import type { Acts, ActsView } from './acts.ts';
import type { Administration, AdministrationView } from './administration.ts';
import type { Announcements, AnnouncementsView } from './announcements.ts';
import type { Attention, AttentionView } from './attention.ts';
import type { Bans, BansView } from './bans.ts';
import type { Blocks, BlocksView } from './blocks.ts';
import type { Chats, ChatsView } from './chats.ts';
import type { Erasures, ErasuresView } from './erasures.ts';
import type { Exports } from './exports.ts';
import type { Files, FilesView } from './files.ts';
import type { HeldSessions, HeldSessionsView } from './held-sessions.ts';
import type { Invites, InvitesView } from './invites.ts';
import type { Jobs, JobsView } from './jobs.ts';
import type { LinkCards } from './link-cards.ts';
import type { Members, MembersView } from './members.ts';
import type { Messages, MessagesView } from './messages.ts';
import type { OneTimeLinks, OneTimeLinksView } from './one-time-links.ts';
import type { Overview } from './overview.ts';
import type { Passkeys, PasskeysView } from './passkeys.ts';
import type { Past, PastView } from './past.ts';
import type { Pictures, PicturesView } from './pictures.ts';
import type { PushDevices, PushDevicesView } from './push-devices.ts';
import type { Reactions } from './reactions.ts';
import type { ReadingView, ReadPointers } from './reading.ts';
import type { Reports, ReportsView } from './reports.ts';
import type { Search, SearchView } from './search.ts';
import type { Sessions, SessionsView } from './sessions.ts';
import type { TwoSteps, TwoStepView } from './two-step.ts';
import type { Users, UsersView } from './users.ts';

/** The stored data as a unit of work sees it, its own writes included. */
export interface Store {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly twoStep: TwoSteps;
  readonly passkeys: Passkeys;
  readonly heldSessions: HeldSessions;
  readonly chats: Chats;
  readonly members: Members;
  readonly invites: Invites;
  readonly messages: Messages;
  readonly files: Files;
  readonly linkCards: LinkCards;
  readonly pictures: Pictures;
  readonly reactions: Reactions;
  readonly past: Past;
  readonly search: Search;
  readonly reading: ReadPointers;
  readonly attention: Attention;
  readonly blocks: Blocks;
  readonly jobs: Jobs;
  readonly pushDevices: PushDevices;
  readonly announcements: Announcements;
  readonly bans: Bans;
  readonly acts: Acts;
  readonly reports: Reports;
  readonly administration: Administration;
  readonly oneTimeLinks: OneTimeLinks;
  readonly overview: Overview;
  readonly erasures: Erasures;
  readonly exports: Exports;
}

/**
 * The stored data, for reading outside a unit of work. It shows only what is committed and durable. A read that begins after a `run`
 * resolved sees what that run committed. Two reads may see two different states.
 */
export interface StoreView {
  /**
   * A number that changes with every commit of any process: as long as it is the same, reads answer the same. Undefined where the
   * storage has no such number that is much cheaper than a read.
   */
  version(): number | undefined;
  /** Milliseconds since 1970 by the clock of a database server; undefined when the storage has no clock of its own. */
  time(): Promise<number | undefined>;
  readonly users: UsersView;
  readonly sessions: SessionsView;
  readonly twoStep: TwoStepView;
  readonly passkeys: PasskeysView;
  readonly heldSessions: HeldSessionsView;
  readonly chats: ChatsView;
  readonly members: MembersView;
  readonly invites: InvitesView;
  readonly messages: MessagesView;
  readonly past: PastView;
  readonly search: SearchView;
  readonly files: FilesView;
  readonly pictures: PicturesView;
  readonly reading: ReadingView;
  readonly attention: AttentionView;
  readonly blocks: BlocksView;
  readonly jobs: JobsView;
  readonly pushDevices: PushDevicesView;
  readonly announcements: AnnouncementsView;
  readonly bans: BansView;
  readonly acts: ActsView;
  readonly reports: ReportsView;
  readonly administration: AdministrationView;
  readonly oneTimeLinks: OneTimeLinksView;
  readonly overview: Overview;
  readonly erasures: ErasuresView;
}
