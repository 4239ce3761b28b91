import { type Kysely, sql } from 'kysely';
import { redefineTable, withSchemaWritable } from '../redefine-table.ts';

/** Messages that change. Drops the CHECK constraints on kinds and roles: the domain guards these, and more will come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await withSchemaWritable(db, async () => {
    await redefineTable(db, 'messages', " check (kind in ('text', 'notice'))", '');
    await redefineTable(db, 'messages', 'sent_at integer not null,', `sent_at integer not null,${COLUMNS}`);
    await redefineTable(db, 'members', " check (role in ('owner', 'member'))", '');
  });
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
