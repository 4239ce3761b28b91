import type { WirePicture } from '../../wire/picture.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** A picture, large, and the form to change it. */
export interface PicturePage extends AnyPage {
  readonly user: PageUser;
  /** Undefined where the picture is the user's own. */
  readonly chat: PageChat | undefined;
  /** Undefined where there is none. */
  readonly picture: WirePicture | undefined;
  readonly mayChange: boolean;
  /** The server takes no files. */
  readonly isOff: boolean;
  /** Of the image, as words. */
  readonly maxBytes: string;
  /** Where the form goes. */
  readonly action: string;
  /** Why the form was refused. */
  readonly problem: string | undefined;
}
