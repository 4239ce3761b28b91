import type { OpenPicture } from './use-cases/pictures/open-picture.ts';
import type { RemovePicture } from './use-cases/pictures/remove-picture.ts';
import type { SetPicture } from './use-cases/pictures/set-picture.ts';
import type { ViewPicture } from './use-cases/pictures/view-picture.ts';
import type { ViewPictures } from './use-cases/pictures/view-pictures.ts';

/** The pictures of people and chats. */
export interface PictureUseCases {
  readonly setPicture: SetPicture;
  readonly removePicture: RemovePicture;
  readonly openPicture: OpenPicture;
  readonly viewPictures: ViewPictures;
  readonly viewPicture: ViewPicture;
}
