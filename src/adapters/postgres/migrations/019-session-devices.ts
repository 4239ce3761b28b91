import type { Kysely } from 'kysely';

/** What people need in order to recognise their sessions. Those from before have neither. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['device', 'address'])
    await db.schema
      .alterTable('sessions')
      .addColumn(column, 'text', (text) => text.notNull().defaultTo(''))
      .execute();
}
