import { type Kysely, sql } from 'kysely';

/** Quiet hours, keywords and the sound of each person, where they set them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}

const TABLE = `create table notification_settings (
    user_id integer primary key references users (id),
    quiet_zone text,
    quiet_days text,
    quiet_from integer,
    quiet_to integer,
    keywords text not null,
    sound integer not null
  ) strict`;
