import { type Kysely, sql } from 'kysely';

/** Messages that change. The new columns are null, so no row is read or written. `concurrent-indexes.ts` has their index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // The domain guards kinds and roles, and more will come.
  'alter table messages drop constraint messages_kind_check',
  'alter table members drop constraint members_role_check',
  `alter table messages
    add column changed_at bigint,
    add column text_revision bigint,
    add column edited_at bigint,
    add column deleted_by bigint references users (id),
    add column deleted_at bigint`,
  `create table message_versions (
    chat_id bigint not null,
    position bigint not null,
    revision bigint not null,
    text text not null,
    written_at bigint not null,
    primary key (chat_id, position, revision),
    foreign key (chat_id, position) references messages (chat_id, position)
  )`,
];
