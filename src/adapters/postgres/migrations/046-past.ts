import { type Kysely, sql } from 'kysely';

/** What was so of messages for a while: reactions and pins that were taken back, deletions that were undone, mentions of earlier texts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table past_facts (
    chat_id bigint not null,
    position bigint not null,
    kind text collate "C" not null,
    from_revision bigint not null,
    until_revision bigint,
    place bigint not null,
    user_id bigint references users (id),
    emoji text,
    name text,
    at bigint,
    primary key (chat_id, position, from_revision, kind, place),
    foreign key (chat_id, position) references messages (chat_id, position)
  )`,
  'create index past_facts_by_user on past_facts (user_id, kind)',
];
