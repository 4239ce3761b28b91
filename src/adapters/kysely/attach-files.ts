import type { MessagePlace } from '../../application/ports/messages.ts';
import type { FileId } from '../../domain/files/file.ts';
import type { TextMessage } from '../../domain/messages/message.ts';
import { filesToJson } from './files-json.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Gives a stored message its files, which are staged no more. */
export function makeAttach(db: SqlDatabase): (message: TextMessage) => Promise<void> {
  const copy = prepare(db, (param: Params<MessagePlace & { files: string | null }>) =>
    db
      .updateTable('messages')
      .set({ files: param('files') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position')),
  );
  const place = prepare(db, (param: Params<MessagePlace & { id: FileId }>) =>
    db
      .updateTable('files')
      .set({ position: param('position') })
      .where('id', '=', param('id')),
  );
  return async ({ chatId, position, files }) => {
    await copy({ chatId, position, files: filesToJson(files) });
    for (const { id } of files) await place({ chatId, position, id });
  };
}
