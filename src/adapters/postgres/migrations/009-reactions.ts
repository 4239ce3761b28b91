import { type Kysely, sql } from 'kysely';

/**
 * Reactions to messages, and pins. The new columns are null, so no row is read or written. `concurrent-indexes.ts` has their
 * index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table messages
    add column pinned_by bigint references users (id),
    add column pinned_at bigint`,
  `create table reactions (
    chat_id bigint not null,
    position bigint not null,
    emoji text collate "C" not null,
    user_id bigint not null references users (id),
    revision bigint not null,
    primary key (chat_id, position, emoji, user_id),
    foreign key (chat_id, position) references messages (chat_id, position)
  )`,
];
