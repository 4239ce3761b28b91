import { type Kysely, sql } from 'kysely';
import { redefineTable, withSchemaWritable } from '../redefine-table.ts';

/** Reactions to messages, and pins. New columns come last, where rows that lack them have nulls. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await withSchemaWritable(db, () => redefineTable(db, 'messages', KEY, `${COLUMNS}${KEY}`));
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const KEY = 'primary key (chat_id, position)';

const COLUMNS = `pinned_by integer references users (id),
    pinned_at integer,
    `;

const STATEMENTS = [
  'create index messages_by_pin on messages (chat_id, pinned_at) where pinned_at is not null',
  `create table reactions (
    chat_id integer not null,
    position integer not null,
    emoji text not null,
    user_id integer not null references users (id),
    revision integer not null,
    primary key (chat_id, position, emoji, user_id),
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict, without rowid`,
];
