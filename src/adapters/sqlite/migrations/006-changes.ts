import { type Kysely, sql } from 'kysely';

/** Messages that change. Drops the CHECK constraints on kinds and roles: the domain guards these, and more will come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`pragma writable_schema = on`.execute(db);
  await redefine(db, 'messages', " check (kind in ('text', 'notice'))", '');
  await redefine(db, 'messages', 'sent_at integer not null,', `sent_at integer not null,${COLUMNS}`);
  await redefine(db, 'members', " check (role in ('owner', 'member'))", '');
  await sql`pragma writable_schema = off`.execute(db);
  await reloadSchema(db);
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const COLUMNS = `
    changed_at integer,
    text_revision integer,
    edited_at integer,
    deleted_by integer references users (id),
    deleted_at integer,`;

const STATEMENTS = [
  'create index messages_by_change on messages (chat_id, changed_at) where changed_at is not null',
  `create table message_versions (
    chat_id integer not null,
    position integer not null,
    revision integer not null,
    text text not null,
    written_at integer not null,
    primary key (chat_id, position, revision),
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict, without rowid`,
];

/**
 * Changes a table's definition without touching its rows, as SQLite's documentation describes for changes that leave the rows
 * valid (lang_altertable, "Making Other Kinds Of Table Schema Changes"): a row without the last columns has nulls there.
 * `alter table` cannot drop these constraints, and scans a strict table for each column that it adds.
 */
async function redefine(db: Kysely<unknown>, table: string, before: string, after: string): Promise<void> {
  const { rows } = await sql`
    update sqlite_schema set sql = replace(sql, ${before}, ${after})
    where type = 'table' and name = ${table} and instr(sql, ${before}) > 0 returning name`.execute(db);
  if (rows.length !== 1) throw new Error(`The table ${table} is not as an earlier version created it.`);
}

async function reloadSchema(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema_version: number }>`pragma schema_version`.execute(db);
  await sql.raw(`pragma schema_version = ${(rows[0]?.schema_version ?? 0) + 1}`).execute(db);
}
