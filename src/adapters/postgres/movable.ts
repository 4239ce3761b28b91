import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { MovableDatabase, Row } from '../kysely/move/movable.ts';
import type { Schema } from '../kysely/schema.ts';
import { makeHome } from './home.ts';
import { migrate } from './migrate.ts';
import { connectionSettings } from './settings.ts';

/** Distinguishes a move from servers, which must not be running. */
const APPLICATION = 'shoal-move';

/**
 * Opens a database for a move. Servers that start meanwhile wait for the migration lock.
 * @throws Error when a server has it open
 */
export async function openMovablePostgres(url: string): Promise<MovableDatabase> {
  const settings = {
    ...connectionSettings(url),
    application_name: APPLICATION,
    query_timeout: 0,
  };
  // A time-out set for the role would end the move.
  const onConnect = async (client: pg.ClientBase) => void (await client.query('set statement_timeout = 0'));
  const pool = new pg.Pool({ ...settings, max: 4, onConnect });
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await assertAlone(db);
    await migrate(pool, async () => undefined);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, hold, continueIds: () => continueIds(db), settle: () => makeHome(db), close: () => db.destroy() };
}

async function assertAlone(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and application_name = 'shoal'`.execute(db);
  if (rows.length > 0) throw new Error('A server has the PostgreSQL database open: stop it first.');
}

async function continueIds(db: Kysely<Schema>): Promise<void> {
  for (const table of ['users', 'chats', 'files', 'jobs', 'push_devices', 'acts', 'administrator_acts']) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)} having max(id) is not null
    `.execute(db);
  }
}

/** Replaces NUL, which PostgreSQL's text cannot hold and which messages of the original app may contain. */
function hold(row: Row): Row {
  const hasNul = Object.values(row).some((value) => typeof value === 'string' && value.includes('\0'));
  if (!hasNul) return row;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
    ]),
  );
}
