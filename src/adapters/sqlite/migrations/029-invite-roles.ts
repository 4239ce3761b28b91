import type { Kysely } from 'kysely';

/** The role of those whom an invite lets in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('invites')
    .addColumn('role', 'text', (column) => column.notNull().defaultTo('member'))
    .execute();
}
