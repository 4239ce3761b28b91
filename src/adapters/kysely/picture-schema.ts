import type { BlobKey } from '../../domain/files/file.ts';
import type { PictureOwner } from '../../domain/pictures/picture.ts';

/** The table of the pictures of people and chats. */
export interface PictureSchema {
  readonly pictures: {
    readonly kind: PictureOwner['kind'];
    /** Of a user or of a chat, as the kind says. */
    readonly owner_id: number;
    /** The blobs of the sizes, by their widths in pixels. */
    readonly blob_48: BlobKey;
    readonly blob_96: BlobKey;
    readonly blob_256: BlobKey;
  };
}
