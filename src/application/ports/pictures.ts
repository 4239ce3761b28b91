import type { BlobKey } from '../../domain/files/file.ts';
import type { UserId } from '../../domain/ids.ts';
import type { OwnedPicture, Picture, PictureOwner } from '../../domain/pictures/picture.ts';

export interface PicturesView {
  find(owner: PictureOwner): Promise<Picture | undefined>;
  /**
   * The pictures of the user, of the people who share a chat with the user, and of the user's chats: at most `limit` of people and as many of
   * chats, those with the lowest ids.
   */
  seenBy(userId: UserId, limit: number): Promise<readonly OwnedPicture[]>;
  /** The first pictures after that of this owner, or the first of all: at most `limit`, in one order of all owners. */
  after(owner: PictureOwner | undefined, limit: number): Promise<readonly OwnedPicture[]>;
}

/** The rows of pictures. `Files.named` has their keys too. */
export interface Pictures extends PicturesView {
  /** Stores the picture in place of an earlier one, and answers the keys that only that one had. */
  put(owner: PictureOwner, picture: Picture): Promise<readonly BlobKey[]>;
  /** Answers the keys that the removed picture had; none where there was no picture. */
  remove(owner: PictureOwner): Promise<readonly BlobKey[]>;
}
