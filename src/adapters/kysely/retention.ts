import type { Chats } from '../../application/ports/chats.ts';
import type { Messages } from '../../application/ports/messages.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import { keysOf } from './files.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** How long the messages of chats are kept. */
export function makeRetention(db: SqlDatabase): Pick<Chats, 'setRetention' | 'passRetention'> {
  const update = prepare(db, (param: Params<{ id: ChatId; days: number }>) =>
    db
      .updateTable('chats')
      .set((column) => ({
        retention_days: param('days'),
        retention_version: column('retention_version', '+', 1),
      }))
      .where('id', '=', param('id'))
      .returning('retention_version'),
  );
  const pass = prepare(db, (param: Params<{ id: ChatId; version: number; erasedTo: Revision }>) =>
    db
      .updateTable('chats')
      .set((column) => ({
        retention_version: column('retention_version', '+', 1),
        erased_to: param('erasedTo'),
      }))
      .where('id', '=', param('id'))
      .where('retention_version', '=', param('version'))
      .returning('retention_version'),
  );
  return {
    async setRetention(id, days) {
      const [row] = await update({ id, days });
      return row?.retention_version ?? 0;
    },
    async passRetention(id, passed) {
      const [row] = await pass({ id, ...passed });
      return row?.retention_version;
    },
  };
}

/** All tables with rows of messages, but for files. Those that refer to `messages` come before it. */
const TABLES = [
  'message_versions',
  'mentions',
  'reactions',
  'past_facts',
  'reports',
  'announcements',
  'messages',
] as const;

interface Range {
  readonly chatId: ChatId;
  readonly after: Revision;
  readonly through: Revision;
}

export function makeRemovingRanges(db: SqlDatabase): Pick<Messages, 'oldest' | 'removeRange'> {
  const first = prepare(db, (param: Params<Omit<Range, 'through'> & { limit: number }>) =>
    db
      .selectFrom('messages')
      .select(['position', 'sent_at as sentAt'])
      .where('chat_id', '=', param('chatId'))
      .where('position', '>', param('after'))
      .orderBy('position')
      .limit(param('limit'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const deleteFiles = prepare(db, (param: Params<Range>) =>
    db
      .deleteFrom('files')
      .where('chat_id', '=', param('chatId'))
      .where('position', '>', param('after'))
      .where('position', '<=', param('through'))
      .returning(['blob', 'thumbnail']),
  );
  const deletes = TABLES.map((table) =>
    prepare(db, (param: Params<Range>) =>
      db
        .deleteFrom(table)
        .where('chat_id', '=', param('chatId'))
        .where('position', '>', param('after'))
        .where('position', '<=', param('through')),
    ),
  );
  return {
    oldest: (chatId, after, limit) => first({ chatId, after, limit }),
    async removeRange(chatId, range) {
      const files = await deleteFiles({ chatId, ...range });
      for (const remove of deletes) await remove({ chatId, ...range });
      return keysOf(files);
    },
  };
}
