import type { Store } from '../../application/ports/store.ts';
import { makeActs } from './acts.ts';
import { makeAdministration } from './administration.ts';
import { makeAnnouncements } from './announcements.ts';
import { makeAttention } from './attention.ts';
import { makeBans } from './bans.ts';
import { makeBlocks } from './blocks.ts';
import { makeCalls } from './calls.ts';
import { makeChats } from './chats.ts';
import { makeErasures } from './erasures.ts';
import { makeExports } from './exports.ts';
import { makeFiles } from './files.ts';
import { makeHeldSessions } from './held-sessions.ts';
import { makeInvites } from './invites.ts';
import { makeJobs } from './jobs.ts';
import { makeLinkCards } from './link-cards.ts';
import { makeMembers } from './members.ts';
import { makeMessages } from './messages.ts';
import { makeMissed } from './missed.ts';
import { makeOneTimeLinks } from './one-time-links.ts';
import { makeOverview } from './overview.ts';
import { makePasskeys } from './passkeys.ts';
import { makePast } from './past.ts';
import { makePictures } from './pictures.ts';
import { makePushDevices } from './push-devices.ts';
import { makeReactions } from './reactions.ts';
import { makeReadPointers } from './reading.ts';
import { makeReports } from './reports.ts';
import { makeSearch } from './search.ts';
import { makeSessions } from './sessions.ts';
import type { SqlDatabase } from './sql-database.ts';
import { makeTwoStep } from './two-step.ts';
import { makeUsers } from './users.ts';

/** The collections over one connection. The caller decides whether to expose their writing methods. */
export function makeStore(db: SqlDatabase): Store {
  return {
    users: makeUsers(db),
    sessions: makeSessions(db),
    twoStep: makeTwoStep(db),
    passkeys: makePasskeys(db),
    heldSessions: makeHeldSessions(db),
    chats: makeChats(db),
    members: makeMembers(db),
    invites: makeInvites(db),
    messages: makeMessages(db),
    files: makeFiles(db),
    linkCards: makeLinkCards(db),
    pictures: makePictures(db),
    reactions: makeReactions(db),
    past: makePast(db),
    search: makeSearch(db),
    reading: { ...makeReadPointers(db), ...makeMissed(db), ...makeCalls(db) },
    attention: makeAttention(db),
    blocks: makeBlocks(db),
    jobs: makeJobs(db),
    pushDevices: makePushDevices(db),
    announcements: makeAnnouncements(db),
    bans: makeBans(db),
    acts: makeActs(db),
    reports: makeReports(db),
    administration: makeAdministration(db),
    oneTimeLinks: makeOneTimeLinks(db),
    overview: makeOverview(db),
    erasures: makeErasures(db),
    exports: makeExports(db),
  };
}
