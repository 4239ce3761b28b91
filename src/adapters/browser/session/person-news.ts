import type { PersonFrame } from '../../wire/frames.ts';
import type { PictureFrame, SignedInFrame } from '../../wire/user-frames.ts';
import { showName } from './renamed.ts';
import { showPicture } from './shown-pictures.ts';
import { showSignIn } from './signed-in.ts';

/** Shows what became known of the user, of those with whom they share a chat, and of their chats. */
export function tellNews(frame: PersonFrame | SignedInFrame | PictureFrame): void {
  if (frame.type === 'user') showName(frame.user);
  else if (frame.type === 'picture') showPicture(frame);
  else showSignIn(frame);
}
