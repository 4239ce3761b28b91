import type { BlobKey, FileId, StoredFile } from '../../domain/files/file.ts';
import type { UserId } from '../../domain/ids.ts';
import type { MessagePlace } from './messages.ts';

export interface FilesView {
  find(id: FileId): Promise<StoredFile | undefined>;
  /** The sum of the bytes of all files that this user uploaded. */
  bytesOf(userId: UserId): Promise<number>;
  /** Those of the keys that a file has. */
  named(keys: readonly BlobKey[]): Promise<ReadonlySet<BlobKey>>;
}

/** Files belong to messages: `UnitOfWork.post` attaches them. */
export interface Files extends FilesView {
  /** Stores a staged file. Chat and uploader must exist. */
  add(file: Omit<StoredFile, 'id' | 'position'>): Promise<FileId>;
  /** Removes the files of a message, and from the message; answers their keys. */
  removeOf(place: MessagePlace): Promise<readonly BlobKey[]>;
  /** Removes up to `limit` files that were staged before `before` (ms) and are staged still; answers their keys. */
  removeStaged(before: number, limit: number): Promise<readonly BlobKey[]>;
}
