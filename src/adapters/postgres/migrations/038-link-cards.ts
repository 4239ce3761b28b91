import { type Kysely, sql } from 'kysely';

/** Cards of the pages that messages link to. The image of a card is a file of the message. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table messages add column card text',
  'alter table files add column of_card bigint not null default 0',
  `create table link_pages (
    digest text primary key,
    page text,
    expires_at bigint not null,
    leased_until bigint not null
  )`,
  'create index link_pages_by_expiry on link_pages (expires_at)',
];
