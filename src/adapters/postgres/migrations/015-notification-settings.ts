import { type Kysely, sql } from 'kysely';

/** Quiet hours, keywords and the sound of each person, where they set them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}

const TABLE = `create table notification_settings (
    user_id bigint primary key references users (id),
    quiet_zone text,
    quiet_days text,
    quiet_from smallint,
    quiet_to smallint,
    keywords text not null,
    sound smallint not null
  )`;
