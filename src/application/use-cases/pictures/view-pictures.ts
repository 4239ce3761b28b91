import type { OwnedPicture } from '../../../domain/pictures/picture.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/** Maximum pictures of people, and of chats. Of others, pages show the initial. */
const MAX_PICTURES = 1_000;

/** The pictures that the actor's pages show: of the actor, of the people who share a chat with the actor, and of the actor's chats. */
export type ViewPictures = (actor: Actor) => Promise<readonly OwnedPicture[]>;

export function makeViewPictures({ view }: { readonly view: StoreView }): ViewPictures {
  return ({ user }) => view.pictures.seenBy(user.id, MAX_PICTURES);
}
