import { mayRead } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import { type BlobKey, type FileId, hasThumbnail, type StoredFile } from '../../../domain/files/file.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs, ByteRange } from '../../ports/blobs.ts';
import type { StoreView } from '../../ports/store.ts';

export interface OpenedFile {
  readonly file: StoredFile;
  /** The bytes, or a part of them. @throws DomainError `not_found` when they are gone meanwhile */
  read(range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Its small picture; undefined until it is made. @throws DomainError `not_found` where there is none */
  thumbnail(): Promise<Thumbnail | undefined>;
}

export interface Thumbnail {
  readonly key: BlobKey;
  readonly bytes: number;
  read(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * A file of a message in a chat of the actor's, or one that the actor has staged. To everybody else there is no such file, and so it is once
 * the message is deleted.
 * @throws DomainError `not_found`
 */
export type OpenFile = (actor: Actor, id: FileId) => Promise<OpenedFile>;

export function makeOpenFile({ view, blobs }: { readonly view: StoreView; readonly blobs: Blobs }): OpenFile {
  return async ({ user }, id) => {
    const file = await view.files.find(id);
    if (!file) throw fileNotFound();
    const { chatId, position } = file;
    const [membership, message] = await Promise.all([
      view.members.find(chatId, user.id),
      position === null ? undefined : view.messages.findBare({ chatId, position }),
    ]);
    const isShown = position === null ? file.uploaderId === user.id : message?.kind === 'text';
    if (!membership || !mayRead(membership) || !isShown) throw fileNotFound();
    return {
      file,
      async read(range) {
        const stream = await blobs.open(file.blob, range);
        if (!stream) throw fileNotFound();
        return stream;
      },
      thumbnail: () => thumbnailOf(blobs, file),
    };
  };
}

async function thumbnailOf(blobs: Blobs, { type, thumbnail: key }: StoredFile): Promise<Thumbnail | undefined> {
  if (key === 'none' || !hasThumbnail(type)) throw fileNotFound();
  const bytes = key === null ? undefined : await blobs.size(key);
  // It may be named a moment before it is there.
  if (key === null || bytes === undefined) return undefined;
  return {
    key,
    bytes,
    async read() {
      const stream = await blobs.open(key);
      if (!stream) throw fileNotFound();
      return stream;
    },
  };
}

export const fileNotFound = () => new DomainError('not_found', 'There is no such file.');
