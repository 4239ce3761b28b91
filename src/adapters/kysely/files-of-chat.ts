import type { FilesView } from '../../application/ports/files.ts';
import type { FileId } from '../../domain/files/file.ts';
import type { ChatId } from '../../domain/ids.ts';
import { toFile } from './file-rows.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The files of a chat, by an index of their own. */
export function makeOfChat(db: SqlDatabase): FilesView['ofChat'] {
  const select = prepare(db, (param: Params<{ chatId: ChatId; before: FileId; limit: number }>) =>
    db
      .selectFrom('files')
      .innerJoin('messages', (join) =>
        join
          .onRef('messages.chat_id', '=', 'files.chat_id')
          .onRef('messages.position', '=', 'files.position')
          .on('messages.kind', '=', 'text'),
      )
      .innerJoin('users', 'users.id', 'messages.author_id')
      .selectAll('files')
      .select(['messages.author_id', 'messages.position as at', 'messages.sent_at', 'users.username'])
      .where('files.chat_id', '=', param('chatId'))
      .where('files.position', 'is not', null)
      .where('files.of_card', '=', 0)
      .where('files.id', '<', param('before'))
      .orderBy('files.id', 'desc')
      .limit(param('limit')),
  );
  return async (chatId, before = NEWEST, limit) =>
    (await select({ chatId, before, limit })).map(
      ({ author_id: id, at: position, sent_at: sentAt, username, ...row }) => ({
        file: toFile(row),
        author: { id, username },
        position,
        sentAt,
      }),
    );
}

/** Above every id. */
const NEWEST = Number.MAX_SAFE_INTEGER as FileId;
