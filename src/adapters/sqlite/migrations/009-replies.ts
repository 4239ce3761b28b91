import type { Kysely } from 'kysely';
import { redefineTable, withSchemaWritable } from '../redefine-table.ts';

/**
 * Replies store the position of the message that they answer, and nothing of its text. A new column comes last, where rows that lack
 * it have a null.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const key = 'primary key (chat_id, position)';
  await withSchemaWritable(db, () => redefineTable(db, 'messages', key, `reply_to integer,\n    ${key}`));
}
