import type { Database, Statement } from 'better-sqlite3';
import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { FileId, StoredFile } from '../../domain/files/file.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { TextMessage } from '../../domain/messages/message.ts';
import { type FileRow, toFile } from '../kysely/file-rows.ts';
import { filesToJson } from '../kysely/files-json.ts';

/** The files of posts. It executes nothing for a post without any. */
export class Attached {
  readonly #find: Statement<[string], FileRow>;
  readonly #copy: Statement<[string | null, ChatId, Revision]>;
  readonly #place: Statement<[Revision, FileId]>;

  constructor(database: Database) {
    this.#find = database.prepare('select * from files where id in (select value from json_each(?))');
    this.#copy = database.prepare('update messages set files = ? where chat_id = ? and position = ?');
    this.#place = database.prepare('update files set position = ? where id = ?');
  }

  find({ files }: PostKey): readonly StoredFile[] | undefined {
    return files.length === 0 ? undefined : this.#find.all(JSON.stringify(files)).map(toFile);
  }

  store({ chatId, position, files }: TextMessage): void {
    this.#copy.run(filesToJson(files), chatId, position);
    for (const { id } of files) this.#place.run(position, id);
  }
}
