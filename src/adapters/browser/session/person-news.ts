import type { PersonFrame } from '../../wire/frames.ts';
import type { SignedInFrame } from '../../wire/user-frames.ts';
import { showName } from './renamed.ts';
import { showSignIn } from './signed-in.ts';

/** Shows what became known of the user, and of those with whom they share a chat. */
export function tellNews(frame: PersonFrame | SignedInFrame): void {
  if (frame.type === 'user') showName(frame.user);
  else showSignIn(frame);
}
