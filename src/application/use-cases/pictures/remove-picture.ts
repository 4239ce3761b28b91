import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { removeBlobs } from '../files/remove-blobs.ts';
import { changeablePicture, type Pictured, sayPictured } from './pictured.ts';

/**
 * Removes the picture of the actor or of a chat. Where there is none, nothing changes and no notice is added.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`, `archived`, `unavailable`
 */
export type RemovePicture = (actor: Actor, pictured: Pictured) => Promise<void>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

export function makeRemovePicture(deps: Deps): RemovePicture {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId }) => {
    const sentAt = clock.now();
    const { owner, removed, message } = await unitOfWork.run(async (store) => {
      const owner = await changeablePicture(store, { user, chatId });
      const removed = await store.pictures.remove(owner);
      if (chatId === undefined || removed.length === 0) return { owner, removed };
      const text = NOTICES.unpictured(user.username);
      return { owner, removed, message: await addNotice(store, { chatId, author: user, text, sentAt }) };
    });
    if (removed.length === 0) return;
    await removeBlobs(deps, removed);
    if (message) broadcast.publishToChat(message.chatId, { type: 'message_posted', message });
    await sayPictured(deps, { owner, version: null });
  };
}
