import type { User } from '../../../domain/identity/user.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { StoreView } from '../../ports/store.ts';

/** What the installation has of a person besides what they wrote. */
export async function readAccount({ view, blobs }: { readonly view: StoreView; readonly blobs: Blobs }, { id }: User) {
  const [awayUntil, twoStep, sessions, chats, settings, blocked] = await Promise.all([
    view.users.awayUntil(id),
    view.twoStep.of(id),
    view.sessions.ofUser(id),
    view.chats.summariesOfUser(id),
    view.attention.settingsOf(id),
    view.blocks.by(id),
  ]);
  const hasTwoStep = twoStep !== undefined && twoStep.enabledAt !== null;
  return {
    ...{ awayUntil, hasTwoStep, sessions, chats, settings, blocked },
    async picture() {
      const picture = await view.pictures.find({ kind: 'user', id });
      return picture && (await blobs.open(picture[256]));
    },
  };
}
