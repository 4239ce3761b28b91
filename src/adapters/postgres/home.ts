import { type Kysely, sql } from 'kysely';
import type { Installation } from '../../domain/installation.ts';
import { readMark, SKIPPED_IDS, settleInstallation, writeMark } from '../kysely/installation.ts';
import type { Schema } from '../kysely/schema.ts';

/** `pg_restore` creates another table, perhaps in another database or server, even if all rows are equal. */
const PLACE = sql<{ place: string }>`
  select 'installation'::regclass::oid || ' of ' || oid as place from pg_database where datname = current_database()`;
/** Some hosted servers restrict this function. */
const MAY_ASK_SERVER = sql<{ may: boolean }>`select has_function_privilege('pg_control_system()', 'execute') as may`;
const SERVER = sql<{ server: string }>`select system_identifier::text as server from pg_control_system()`;

/** Returns the installation. Only one instance at a time may call it. */
export async function settle(db: Kysely<Schema>): Promise<Installation> {
  const isCopy = (await readMark(db)) !== (await placeOf(db));
  const installation = await settleInstallation(db, { isCopy, skipIds: () => skipIds(db) });
  if (isCopy) await makeHome(db);
  return installation;
}

export async function makeHome(db: Kysely<Schema>): Promise<void> {
  await writeMark(db, await placeOf(db));
}

async function placeOf(db: Kysely<Schema>): Promise<string> {
  const [found] = (await PLACE.execute(db)).rows;
  const [asking] = (await MAY_ASK_SERVER.execute(db)).rows;
  const [told] = asking?.may ? (await SERVER.execute(db)).rows : [];
  return `${found?.place} at ${told?.server}`;
}

async function skipIds(db: Kysely<Schema>): Promise<void> {
  for (const table of ['users', 'chats']) {
    await sql`
      select setval(sequence, nextval(sequence) + ${SKIPPED_IDS})
      from (select pg_get_serial_sequence(${table}, 'id')::regclass as sequence)`.execute(db);
  }
}
