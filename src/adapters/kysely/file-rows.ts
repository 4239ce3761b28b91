import type { Selectable } from 'kysely';
import type { StoredFile } from '../../domain/files/file.ts';
import type { Schema } from './schema.ts';

export type FileRow = Selectable<Schema['files']>;

export function toFile({ chat_id, uploader_id, staged_at, thumbnail, of_card: _, alt, ...file }: FileRow): StoredFile {
  return {
    ...file,
    ...(alt !== null && { alt }),
    thumbnail: thumbnail === '' ? 'none' : thumbnail,
    chatId: chat_id,
    uploaderId: uploader_id,
    stagedAt: staged_at,
  };
}
