import { type Kysely, sql } from 'kysely';

/** Of which messages of a chat a member is notified, and until when of none, where the member set it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}

const TABLE = `create table levels (
    chat_id bigint not null,
    user_id bigint not null,
    level text,
    muted_until bigint,
    primary key (chat_id, user_id),
    foreign key (chat_id, user_id) references members (chat_id, user_id) on delete cascade
  )`;
