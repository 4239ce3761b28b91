import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { FileId, StoredFile } from '../../domain/files/file.ts';
import type { Message } from '../../domain/messages/message.ts';
import { type FileRow, toFile } from '../kysely/file-rows.ts';
import { filesToJson } from '../kysely/files-json.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { columns } from './batch.ts';
import type { Writer } from './writer.ts';

/** The files that the posts of a batch name. */
export type Staged = Map<FileId, StoredFile>;

/** Holds the rows, so that nobody removes a file as staged for too long while it is attached. */
const FIND = 'select * from files where id = any($1::bigint[]) order by id for update';

const COPY = `
  update messages set files = given.files from unnest($1::bigint[], $2::bigint[], $3::text[]) as given (chat_id, position, files)
  where messages.chat_id = given.chat_id and messages.position = given.position`;

const PLACE = `
  update files set position = given.position from unnest($1::bigint[], $2::bigint[]) as given (id, position)
  where files.id = given.id`;

/** Sends one statement, or none for posts without files. */
export async function findStaged(db: SqlDatabase, keys: readonly PostKey[]): Promise<Staged> {
  const ids = keys.flatMap(({ files }) => files);
  if (ids.length === 0) return new Map();
  const rows = await db.run<FileRow>(FIND, [ids]);
  return new Map(rows.map((row) => [row.id, toFile(row)]));
}

export const stagedFor = (staged: Staged, { files }: PostKey): readonly StoredFile[] | undefined =>
  files.length === 0 ? undefined : files.flatMap((id) => staged.get(id) ?? []);

/** For the posts behind it in the batch. */
export function noteAttached(staged: Staged, ids: readonly FileId[], position: Revision): void {
  for (const id of ids) {
    const file = staged.get(id);
    if (file) staged.set(id, { ...file, position });
  }
}

export function storeAttached(writer: Writer, messages: readonly Message[]): void {
  const withFiles = messages.flatMap((message) => (message.kind === 'text' && message.files.length > 0 ? message : []));
  if (withFiles.length === 0) return;
  const copies = withFiles.map(({ chatId, position, files }) => ({ chatId, position, files: filesToJson(files) }));
  writer.send(COPY, columns(copies, 'chatId', 'position', 'files'));
  const places = withFiles.flatMap(({ position, files }) => files.map(({ id }) => ({ id, position })));
  writer.send(PLACE, columns(places, 'id', 'position'));
}
