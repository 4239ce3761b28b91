import type { BlobKey, FileId, StoredFile } from '../../domain/files/file.ts';
import type { UserId } from '../../domain/ids.ts';
import type { MessagePlace } from './messages.ts';

export interface FilesView {
  find(id: FileId): Promise<StoredFile | undefined>;
  /** The sum of the bytes of all files that this user uploaded. */
  bytesOf(userId: UserId): Promise<number>;
  /** The first files after this one, at most `limit`, in the order of their ids. */
  after(id: FileId, limit: number): Promise<readonly StoredFile[]>;
  /** Those of the keys that a file, its thumbnail or a picture of a person or a chat has. */
  named(keys: readonly BlobKey[]): Promise<ReadonlySet<BlobKey>>;
}

/** Files belong to messages: `UnitOfWork.post` attaches them. */
export interface Files extends FilesView {
  /**
   * Lets other units of work add files of this user only after this one, so that the sum of their bytes stays as it is read here, also where
   * several instances run.
   */
  holdQuota(userId: UserId): Promise<void>;
  /** Stores a staged file. Chat and uploader must exist. */
  add(file: Omit<StoredFile, 'id' | 'position' | 'thumbnail'>): Promise<FileId>;
  /** Notes the small picture of a file, or that there is none; false when the file is gone. */
  setThumbnail(id: FileId, thumbnail: BlobKey | 'none'): Promise<boolean>;
  /** Removes a file that is staged still. Any other stays. */
  unstage(id: FileId): Promise<void>;
  /** Removes the files of a message and its card, and from the message; answers the keys of what they had in the store. */
  removeOf(place: MessagePlace): Promise<readonly BlobKey[]>;
  /** Removes up to `limit` files that were staged before `before` (ms) and are staged still; answers the keys of what they had in the store. */
  removeStaged(before: number, limit: number): Promise<readonly BlobKey[]>;
}
