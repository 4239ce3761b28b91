import type { BlobKey } from '../files/file.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';

/** The widths, in pixels, in which a picture is kept: for faces in lists, for the same on dense screens, and for large faces. It is square. */
export const PICTURE_SIZES = [48, 96, 256] as const;

export type PictureSize = (typeof PICTURE_SIZES)[number];

/** The media type of all of them. */
export const PICTURE_TYPE = 'image/webp';

/** Maximum bytes of the image that a picture is made of. */
export const MAX_PICTURE_BYTES = 10 * 1024 ** 2;

/** Whom or what a picture shows. */
export type PictureOwner =
  | { readonly kind: 'user'; readonly id: UserId }
  | { readonly kind: 'chat'; readonly id: ChatId };

/** Where the bytes of a picture are, by size. */
export type Picture = Readonly<Record<PictureSize, BlobKey>>;

export interface OwnedPicture {
  readonly owner: PictureOwner;
  readonly picture: Picture;
}

/** The beginning of the digest of a picture in its largest size: another picture has another one, so that caches never show the former. */
export type PictureVersion = Branded<string, 'PictureVersion'>;

const VERSION_LENGTH = 16;

/** Undefined when the text is no version. */
export const pictureVersion = (text: string): PictureVersion | undefined =>
  /^[0-9a-f]{16}$/.test(text) ? (text as PictureVersion) : undefined;

export const versionOf = (picture: Picture): PictureVersion => picture[256].slice(0, VERSION_LENGTH) as PictureVersion;

export const blobsOf = (picture: Picture): readonly BlobKey[] => PICTURE_SIZES.map((size) => picture[size]);
