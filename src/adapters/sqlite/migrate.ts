import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Schema } from '../kysely/schema.ts';
import { whenUnlocked } from './file/lock.ts';
import * as chat from './migrations/001-chat.ts';
import * as members from './migrations/002-members.ts';
import * as moves from './migrations/003-moves.ts';
import * as installation from './migrations/004-installation.ts';
import * as undoRegistration from './migrations/005-undo-registration.ts';
import * as changes from './migrations/006-changes.ts';
import * as jobs from './migrations/007-jobs.ts';
import * as reactions from './migrations/008-reactions.ts';
import * as replies from './migrations/009-replies.ts';
import * as mentions from './migrations/010-mentions.ts';
import * as reading from './migrations/011-reading.ts';
import * as levels from './migrations/012-levels.ts';
import * as directChats from './migrations/013-direct-chats.ts';
import * as notificationSettings from './migrations/014-notification-settings.ts';
import * as push from './migrations/015-push.ts';
import * as blocksByBlocked from './migrations/016-blocks-by-blocked.ts';
import * as pinnedChats from './migrations/017-pinned-chats.ts';
import * as messagesByReply from './migrations/018-messages-by-reply.ts';
import * as sessionDevices from './migrations/019-session-devices.ts';
import * as rehearsals from './migrations/020-rehearsals.ts';
import * as inviteTerms from './migrations/021-invite-terms.ts';
import * as away from './migrations/022-away.ts';
import * as renames from './migrations/023-renames.ts';
import * as bans from './migrations/024-bans.ts';
import * as slowMode from './migrations/025-slow-mode.ts';
import * as administration from './migrations/026-administration.ts';
import * as signIn from './migrations/028-sign-in.ts';
import * as inviteRoles from './migrations/029-invite-roles.ts';
import * as passkeys from './migrations/030-passkeys.ts';
import * as archive from './migrations/031-archive.ts';
import * as erasures from './migrations/032-erasures.ts';
import * as files from './migrations/033-files.ts';
import * as thumbnails from './migrations/034-thumbnails.ts';
import * as linkCards from './migrations/038-link-cards.ts';
import * as pictures from './migrations/040-pictures.ts';
import * as alternativeTexts from './migrations/041-alternative-texts.ts';
import * as search from './migrations/042-search.ts';
import * as past from './migrations/046-past.ts';
import * as hiddenTombstones from './migrations/047-hidden-tombstones.ts';

export const MIGRATIONS = {
  '001-chat': chat,
  '002-members': members,
  '003-moves': moves,
  '004-installation': installation,
  '005-undo-registration': undoRegistration,
  '006-changes': changes,
  '007-jobs': jobs,
  '008-reactions': reactions,
  '009-replies': replies,
  '010-mentions': mentions,
  '011-reading': reading,
  '012-levels': levels,
  '013-direct-chats': directChats,
  '014-notification-settings': notificationSettings,
  '015-push': push,
  '016-blocks-by-blocked': blocksByBlocked,
  '017-pinned-chats': pinnedChats,
  '018-messages-by-reply': messagesByReply,
  '019-session-devices': sessionDevices,
  '020-rehearsals': rehearsals,
  '021-invite-terms': inviteTerms,
  '022-away': away,
  '023-renames': renames,
  '024-bans': bans,
  '025-slow-mode': slowMode,
  '026-administration': administration,
  '028-sign-in': signIn,
  '029-invite-roles': inviteRoles,
  '030-passkeys': passkeys,
  '031-archive': archive,
  '032-erasures': erasures,
  '033-files': files,
  '034-thumbnails': thumbnails,
  '038-link-cards': linkCards,
  '040-pictures': pictures,
  '041-alternative-texts': alternativeTexts,
  '042-search': search,
  '046-past': past,
  '047-hidden-tombstones': hiddenTombstones,
};

/**
 * Brings the schema up to date in one transaction. An interrupted start leaves the file as it was; when two processes start at
 * once, the second waits and finds nothing to do. Throws when a newer version wrote the file.
 */
export async function migrate(database: Database, db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    disableTransactions: true,
  });
  await whenUnlocked(() => database.exec('begin immediate'));
  // Lets migrations write to `sqlite_schema`.
  database.unsafeMode(true);
  try {
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    database.exec('commit');
  } finally {
    database.unsafeMode(false);
    if (database.inTransaction) database.exec('rollback');
  }
}
