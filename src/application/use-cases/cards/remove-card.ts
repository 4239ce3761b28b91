import { assertAllowed, mayWithdraw } from '../../../domain/chats/permissions.ts';
import { assertText } from '../../../domain/messages/changes.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import { assertMayRemoveCard } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { removeBlobs } from '../files/remove-blobs.ts';
import { findMessage } from '../messages/find-message.ts';

/**
 * The message without its card, once that is durable. It gets none again for the same link, also where it had none yet. Removing it again
 * changes nothing.
 * @throws DomainError `forbidden` for anyone but the author, `not_found`, `deleted`, `archived`, `unavailable`
 */
export type RemoveCard = (actor: Actor, place: MessagePlace) => Promise<TextMessage>;

export function makeRemoveCard(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly broadcast: Broadcast;
}): RemoveCard {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, position }) => {
    const place = { chatId, position };
    const { message, dropped } = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayWithdraw);
      const current = await findMessage(store, place);
      assertText(current);
      assertMayRemoveCard(membership, current);
      if (current.card === 'removed') return { message: current, dropped: [] };
      const revision = await store.chats.nextRevision(chatId);
      const { card, dropped } = await store.linkCards.set(place, 'removed', revision);
      return { message: { ...current, revision, card }, dropped };
    });
    await removeBlobs(deps, dropped);
    broadcast.publishToChat(chatId, { type: 'message_changed', message });
    return message;
  };
}
