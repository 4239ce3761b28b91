import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import type { Schema } from '../kysely/schema.ts';
import { makeConcurrentIndexes } from './concurrent-indexes.ts';
import * as chat from './migrations/001-chat.ts';
import * as members from './migrations/002-members.ts';
import * as moves from './migrations/003-moves.ts';
import * as writers from './migrations/004-writers.ts';
import * as installation from './migrations/005-installation.ts';
import * as undoRegistration from './migrations/006-undo-registration.ts';
import * as changes from './migrations/007-changes.ts';
import * as jobs from './migrations/008-jobs.ts';
import * as reactions from './migrations/009-reactions.ts';
import * as replies from './migrations/010-replies.ts';
import * as mentions from './migrations/011-mentions.ts';
import * as reading from './migrations/012-reading.ts';
import * as levels from './migrations/013-levels.ts';
import * as directChats from './migrations/014-direct-chats.ts';
import * as notificationSettings from './migrations/015-notification-settings.ts';
import * as push from './migrations/016-push.ts';
import * as blocksByBlocked from './migrations/017-blocks-by-blocked.ts';
import * as pinnedChats from './migrations/018-pinned-chats.ts';
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

const MIGRATIONS = {
  '001-chat': chat,
  '002-members': members,
  '003-moves': moves,
  '004-writers': writers,
  '005-installation': installation,
  '006-undo-registration': undoRegistration,
  '007-changes': changes,
  '008-jobs': jobs,
  '009-reactions': reactions,
  '010-replies': replies,
  '011-mentions': mentions,
  '012-reading': reading,
  '013-levels': levels,
  '014-direct-chats': directChats,
  '015-notification-settings': notificationSettings,
  '016-push': push,
  '017-blocks-by-blocked': blocksByBlocked,
  '018-pinned-chats': pinnedChats,
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
/** An arbitrary number that no other program uses for an advisory lock in this database: "shoal" in ASCII. */
const LOCK = 0x73686f616c;
const LOCK_RETRY_MS = 100;

/**
 * Brings the schema up to date and then prepares the database. Instances that start at once do it one after another, and all
 * but the first find nothing to do. Throws when a newer version has migrated the database.
 */
export async function migrate<T>(pool: pg.Pool, prepare: () => Promise<T>): Promise<T> {
  const holder = await pool.connect();
  try {
    await assertUtf8(holder);
    // Another instance may be running a long migration.
    await holder.query('set statement_timeout = 0');
    await takeLock(holder);
    const { rows } = await holder.query<{ schema: string }>('select current_schema() as schema');
    await toLatest(pool, rows[0]?.schema ?? 'public');
    await makeConcurrentIndexes(holder);
    return await prepare();
  } finally {
    // Ends the session, which releases the lock and the setting.
    holder.release(true);
  }
}

/**
 * Any other encoding would reject messages for their characters, and SQL_ASCII would check none.
 * @throws Error that says what to do
 */
async function assertUtf8(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ encoding: string; name: string }>(
    "select current_setting('server_encoding') as encoding, current_database() as name",
  );
  const [{ encoding, name } = { encoding: 'unknown', name: '' }] = rows;
  if (encoding === 'UTF8') return;
  throw new Error(
    `The database "${name}" is encoded in ${encoding}, and has to be in UTF8. Create another: create database shoal encoding 'UTF8' template template0; then name it in DATABASE_URL.`,
  );
}

/** Polls instead of waiting in the server: `create index concurrently` would wait for sessions that wait there. */
async function takeLock(holder: pg.PoolClient): Promise<void> {
  for (;;) {
    const { rows } = await holder.query<{ taken: boolean }>({
      text: 'select pg_try_advisory_lock($1) as taken',
      values: [LOCK],
    });
    if (rows[0]?.taken) return;
    await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
  }
}

async function toLatest(pool: pg.Pool, migrationTableSchema: string): Promise<void> {
  const db = kyselyOver(pool);
  const provider = { getMigrations: async () => MIGRATIONS };
  // Otherwise Kysely would use a table of this name in any other schema.
  const migrator = new Migrator({ db, provider, migrationTableSchema });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** A Kysely that does not end the pool. */
export function kyselyOver(pool: pg.Pool): Kysely<Schema> {
  const withoutEnd = { connect: () => pool.connect(), end: async () => undefined, options: pool.options };
  return new Kysely({ dialect: new PostgresDialect({ pool: withoutEnd }) });
}
