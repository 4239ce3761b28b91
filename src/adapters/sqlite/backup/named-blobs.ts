import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { NamedBlob } from '../../../application/store-care/named-blob.ts';
import type { BlobKey, FileId } from '../../../domain/files/file.ts';
import type { ChatId } from '../../../domain/ids.ts';

interface Row {
  readonly fileId: FileId;
  readonly chatId: ChatId;
  readonly position: number | null;
  readonly blob: BlobKey;
  readonly bytes: number;
  readonly thumbnail: BlobKey | '' | null;
}

/** What the rows of files name in a database that nobody changes meanwhile, such as a backup, of this release or an older one. */
export function* namedBlobsIn(path: string): Generator<NamedBlob> {
  if (!existsSync(path)) return;
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const columns = new Set(database.prepare<[], string>("select name from pragma_table_info('files')").pluck().all());
    if (columns.size === 0) return;
    const thumbnail = columns.has('thumbnail') ? 'thumbnail' : 'null as thumbnail';
    const rows = database.prepare<[], Row>(
      `select id as fileId, chat_id as chatId, position, blob, bytes, ${thumbnail} from files order by id`,
    );
    for (const { blob, bytes, thumbnail: small, position, ...of } of rows.iterate()) {
      const row = { ...of, isStaged: position === null };
      yield { ...row, key: blob, bytes, of: 'file' };
      if (small) yield { ...row, key: small, bytes: undefined, of: 'thumbnail' };
    }
  } finally {
    database.close();
  }
}

export function filesIn(path: string): { readonly files: number; readonly bytes: number } {
  const total = { files: 0, bytes: 0 };
  for (const { of, bytes = 0 } of namedBlobsIn(path)) {
    if (of !== 'file') continue;
    total.files += 1;
    total.bytes += bytes;
  }
  return total;
}
