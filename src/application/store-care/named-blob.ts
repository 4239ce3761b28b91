import type { BlobKey, FileId } from '../../domain/files/file.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { PictureOwner } from '../../domain/pictures/picture.ts';

/** Bytes that a row names. */
export type NamedBlob = BlobOfFile | BlobOfPicture;

interface BlobOfFile {
  readonly key: BlobKey;
  /** Undefined where no row says, as of thumbnails. */
  readonly bytes: number | undefined;
  readonly of: 'file' | 'thumbnail';
  readonly fileId: FileId;
  readonly chatId: ChatId;
  /** A staged file is committed a moment before its bytes are in the store, and gone after an hour. */
  readonly isStaged: boolean;
}

/** One size of the picture of a person or a chat. */
interface BlobOfPicture {
  readonly key: BlobKey;
  readonly bytes: undefined;
  readonly of: 'picture';
  readonly owner: PictureOwner;
  readonly isStaged: false;
}
