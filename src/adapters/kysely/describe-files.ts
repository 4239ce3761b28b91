import type { Files } from '../../application/ports/files.ts';
import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { AltText } from '../../domain/files/alt-text.ts';
import type { FileId } from '../../domain/files/file.ts';
import { filesToJson } from './files-json.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Writes the alternative texts of files, also into the copies that messages have. */
export function makeSetAlt(db: SqlDatabase): Files['setAlt'] {
  const write = prepare(db, (param: Params<{ id: FileId; alt: AltText | null }>) =>
    db
      .updateTable('files')
      .set({ alt: param('alt') })
      .where('id', '=', param('id')),
  );
  const copy = prepare(db, (param: Params<MessagePlace & { files: string | null; revision: Revision }>) =>
    db
      .updateTable('messages')
      .set({ files: param('files'), changed_at: param('revision') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position')),
  );
  return async (id, alt, message) => {
    await write({ id, alt: alt ?? null });
    if (!message) return;
    const { chatId, position, files, revision } = message;
    await copy({ chatId, position, files: filesToJson(files), revision });
  };
}
