import { randomUUID } from 'node:crypto';
import type { Storage } from '../../application/ports/storage.ts';
import type { Store, StoreView } from '../../application/ports/store.ts';
import { epoch, installationId } from '../../domain/installation.ts';
import { makeMemoryActs, makeMemoryActsView } from './acts.ts';
import { makeMemoryAdministration, makeMemoryAdministrationView } from './administration.ts';
import { makeMemoryAnnouncements, makeMemoryAnnouncementsView } from './announcements.ts';
import { makeMemoryAttention, makeMemoryAttentionView } from './attention.ts';
import { makeMemoryBans, makeMemoryBansView } from './bans.ts';
import { makeMemoryBlocks, makeMemoryBlocksView } from './blocks.ts';
import { makeMemoryCalls } from './calls.ts';
import { makeMemoryChats, makeMemoryChatsView } from './chats.ts';
import { makeMemoryErasures, makeMemoryErasuresView } from './erasures.ts';
import { makeMemoryExports } from './exports.ts';
import { makeMemoryFiles, makeMemoryFilesView } from './files.ts';
import { makeMemoryHeldSessions, makeMemoryHeldSessionsView } from './held-sessions.ts';
import { makeMemoryInvites, makeMemoryInvitesView } from './invites.ts';
import { makeMemoryJobs, makeMemoryJobsView } from './jobs.ts';
import { makeMemoryLinkCards } from './link-cards.ts';
import { makeMemoryMembers, makeMemoryMembersView } from './members.ts';
import { makeMemoryMessages, makeMemoryMessagesView } from './messages.ts';
import { makeMemoryOneTimeLinks, makeMemoryOneTimeLinksView } from './one-time-links.ts';
import { makeMemoryOverview } from './overview.ts';
import { makeMemoryPasskeys, makeMemoryPasskeysView } from './passkeys.ts';
import { makeMemoryPast, makeMemoryPastView } from './past.ts';
import { makeMemoryPictures, makeMemoryPicturesView } from './pictures.ts';
import { makeMemoryPushDevices, makeMemoryPushDevicesView } from './push-devices.ts';
import { makeMemoryReactions } from './reactions.ts';
import { makeMemoryReading, makeMemoryReadPointers } from './reading.ts';
import { makeMemoryReports, makeMemoryReportsView } from './reports.ts';
import { makeMemorySearch, makeMemorySearchView } from './search.ts';
import { makeMemorySessions, makeMemorySessionsView } from './sessions.ts';
import { makeTables, type Tables } from './tables.ts';
import { makeMemoryTwoStep, makeMemoryTwoStepView } from './two-step.ts';
import { makeMemoryUnitOfWork } from './unit-of-work.ts';
import { makeMemoryUsers, makeMemoryUsersView } from './users.ts';

/** A storage in this process's memory, with the constraints of a database. Nothing survives the process. */
export function openMemoryStorage({ elapsed = () => performance.now(), tables = makeTables() }: Opening = {}): Storage {
  const now = () => Math.floor(elapsed());
  const unitOfWork = makeMemoryUnitOfWork(tables, makeStore(tables, now));
  const view = { ...makeView(tables, now), version: () => unitOfWork.commits, time: async () => undefined };
  return {
    installation: { id: installationId(randomUUID()), epoch: epoch(randomUUID()) },
    unitOfWork,
    view,
    scrub: async () => undefined,
    assertWritable: async () => unitOfWork.assertOpen(),
    close: () => unitOfWork.close(),
  };
}

interface Opening {
  /** The clock of jobs, in milliseconds. It is monotonic. */
  readonly elapsed?: () => number;
  /** Empty ones, for a test that looks at all rows. */
  readonly tables?: Tables;
}

function makeStore(tables: Tables, now: () => number): Store {
  return {
    users: makeMemoryUsers(tables),
    sessions: makeMemorySessions(tables),
    twoStep: makeMemoryTwoStep(tables),
    passkeys: makeMemoryPasskeys(tables),
    heldSessions: makeMemoryHeldSessions(tables),
    chats: makeMemoryChats(tables),
    members: makeMemoryMembers(tables),
    invites: makeMemoryInvites(tables),
    messages: makeMemoryMessages(tables),
    files: makeMemoryFiles(tables),
    linkCards: makeMemoryLinkCards(tables),
    pictures: makeMemoryPictures(tables),
    reactions: makeMemoryReactions(tables),
    past: makeMemoryPast(tables),
    search: makeMemorySearch(tables),
    reading: { ...makeMemoryReadPointers(tables), ...makeMemoryCalls(tables, 'current') },
    attention: makeMemoryAttention(tables),
    blocks: makeMemoryBlocks(tables),
    jobs: makeMemoryJobs(tables, now),
    pushDevices: makeMemoryPushDevices(tables),
    announcements: makeMemoryAnnouncements(tables),
    bans: makeMemoryBans(tables),
    acts: makeMemoryActs(tables),
    reports: makeMemoryReports(tables),
    administration: makeMemoryAdministration(tables),
    oneTimeLinks: makeMemoryOneTimeLinks(tables),
    overview: makeMemoryOverview(tables, 'current'),
    erasures: makeMemoryErasures(tables),
    exports: makeMemoryExports(tables),
  };
}

function makeView(tables: Tables, now: () => number): Omit<StoreView, 'version' | 'time'> {
  return {
    users: makeMemoryUsersView(tables, 'committed'),
    sessions: makeMemorySessionsView(tables, 'committed'),
    twoStep: makeMemoryTwoStepView(tables, 'committed'),
    passkeys: makeMemoryPasskeysView(tables, 'committed'),
    heldSessions: makeMemoryHeldSessionsView(tables, 'committed'),
    chats: makeMemoryChatsView(tables, 'committed'),
    members: makeMemoryMembersView(tables, 'committed'),
    invites: makeMemoryInvitesView(tables, 'committed'),
    messages: makeMemoryMessagesView(tables, 'committed'),
    past: makeMemoryPastView(tables, 'committed'),
    search: makeMemorySearchView(tables, 'committed'),
    files: makeMemoryFilesView(tables, 'committed'),
    pictures: makeMemoryPicturesView(tables, 'committed'),
    reading: { ...makeMemoryReading(tables, 'committed'), ...makeMemoryCalls(tables, 'committed') },
    attention: makeMemoryAttentionView(tables, 'committed'),
    blocks: makeMemoryBlocksView(tables, 'committed'),
    jobs: makeMemoryJobsView(tables, 'committed', now),
    pushDevices: makeMemoryPushDevicesView(tables, 'committed'),
    announcements: makeMemoryAnnouncementsView(tables, 'committed'),
    bans: makeMemoryBansView(tables, 'committed'),
    acts: makeMemoryActsView(tables, 'committed'),
    reports: makeMemoryReportsView(tables, 'committed'),
    administration: makeMemoryAdministrationView(tables, 'committed'),
    oneTimeLinks: makeMemoryOneTimeLinksView(tables, 'committed'),
    overview: makeMemoryOverview(tables, 'committed'),
    erasures: makeMemoryErasuresView(tables, 'committed'),
  };
}
