import { type Kysely, sql } from 'kysely';

/** The people whom messages mention. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}

const TABLE = `create table mentions (
    chat_id integer not null,
    position integer not null,
    place integer not null,
    user_id integer not null references users (id),
    name text not null,
    primary key (chat_id, position, place),
    foreign key (chat_id, position) references messages (chat_id, position)
  ) strict, without rowid`;
