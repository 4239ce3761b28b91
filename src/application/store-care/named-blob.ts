import type { BlobKey, FileId } from '../../domain/files/file.ts';
import type { ChatId } from '../../domain/ids.ts';

/** Bytes that a row names. */
export interface NamedBlob {
  readonly key: BlobKey;
  /** Undefined where no row says, as of thumbnails. */
  readonly bytes: number | undefined;
  readonly of: 'file' | 'thumbnail';
  readonly fileId: FileId;
  readonly chatId: ChatId;
  /** A staged file is committed a moment before its bytes are in the store, and gone after an hour. */
  readonly isStaged: boolean;
}
