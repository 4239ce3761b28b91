import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { NamedBlob } from '../../../application/store-care/named-blob.ts';
import type { BlobKey, FileId } from '../../../domain/files/file.ts';
import { type ChatId, chatId, userId } from '../../../domain/ids.ts';
import { PICTURE_SIZES, type PictureOwner, type PictureSize } from '../../../domain/pictures/picture.ts';

interface Row {
  readonly fileId: FileId;
  readonly chatId: ChatId;
  readonly position: number | null;
  readonly blob: BlobKey;
  readonly bytes: number;
  readonly thumbnail: BlobKey | '' | null;
}

interface PictureRow extends Readonly<Record<`blob_${PictureSize}`, BlobKey>> {
  readonly kind: PictureOwner['kind'];
  readonly id: number;
}

/** What the rows of files and pictures name in a database that nobody changes meanwhile, such as a backup, of this release or an older one. */
export function* namedBlobsIn(path: string): Generator<NamedBlob> {
  if (!existsSync(path)) return;
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    yield* blobsOfFiles(database);
    yield* blobsOfPictures(database);
  } finally {
    database.close();
  }
}

const columnsOf = (database: Database.Database, table: string): ReadonlySet<string> =>
  new Set(database.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table));

function* blobsOfFiles(database: Database.Database): Generator<NamedBlob> {
  const columns = columnsOf(database, 'files');
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
}

function* blobsOfPictures(database: Database.Database): Generator<NamedBlob> {
  if (columnsOf(database, 'pictures').size === 0) return;
  const rows = database.prepare<[], PictureRow>(
    'select kind, owner_id as id, blob_48, blob_96, blob_256 from pictures order by kind, owner_id',
  );
  for (const { kind, id, ...blobs } of rows.iterate()) {
    const owner: PictureOwner = kind === 'user' ? { kind, id: userId(id) } : { kind, id: chatId(id) };
    for (const size of PICTURE_SIZES)
      yield { key: blobs[`blob_${size}`], bytes: undefined, of: 'picture', owner, isStaged: false };
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
