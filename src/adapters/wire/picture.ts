import {
  type OwnedPicture,
  PICTURE_SIZES,
  type PictureOwner,
  type PictureVersion,
  versionOf,
} from '../../domain/pictures/picture.ts';

/** The addresses of a picture, by its widths in pixels. They change with the picture. */
export type WirePicture = Readonly<Record<`${(typeof PICTURE_SIZES)[number]}`, string>>;

/** The picture of a person or of a chat; null for none. */
export type WireOwnedPicture = ({ readonly user_id: number } | { readonly chat_id: number }) & {
  readonly picture: WirePicture | null;
};

export function toWirePicture({ kind, id }: PictureOwner, version: PictureVersion): WirePicture {
  const pathOf = (size: number) => `/pictures/${kind}/${id}/${version}/${size}`;
  const [small, medium, large] = PICTURE_SIZES;
  return { [small]: pathOf(small), [medium]: pathOf(medium), [large]: pathOf(large) };
}

export const toWireVersion = (owner: PictureOwner, version: PictureVersion | null): WireOwnedPicture => ({
  ...(owner.kind === 'user' ? { user_id: owner.id } : { chat_id: owner.id }),
  picture: version && toWirePicture(owner, version),
});

export const toWireOwned = ({ owner, picture }: OwnedPicture): WireOwnedPicture =>
  toWireVersion(owner, versionOf(picture));
