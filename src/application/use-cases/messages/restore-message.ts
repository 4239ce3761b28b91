import { assertAllowed, mayPost } from '../../../domain/chats/permissions.ts';
import { assertRestorable, assertText, erased, restored } from '../../../domain/messages/changes.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import { assertMayRestore } from '../../../domain/messages/permissions.ts';
import { undoneDeletion } from '../../../domain/past/past-fact.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findMessage } from './find-message.ts';

/**
 * The message as it was before its deletion, once that is durable. Restoring a message that is not deleted changes nothing.
 * @throws DomainError `forbidden` for anyone but the user who deleted it, `not_found`, `deleted` after a minute, `unavailable`
 */
export type RestoreMessage = (actor: Actor, place: MessagePlace) => Promise<TextMessage>;

export function makeRestoreMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): RestoreMessage {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, place) => {
    const { chatId } = place;
    const now = clock.now();
    const message = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayPost);
      const current = await findMessage(store, place);
      if (current.kind !== 'deleted') {
        assertText(current);
        return current;
      }
      assertMayRestore(membership, current);
      assertRestorable(current, now);
      const [latest] = await store.messages.earlierVersions(place, { limit: 1 });
      if (!latest) throw erased();
      const revision = await store.chats.nextRevision(chatId);
      await store.messages.removeVersion(place, latest.revision);
      await store.messages.change(restored(current, latest, revision));
      await store.past.add(place, undoneDeletion(current, revision));
      // With what the store has kept of the message besides its text: its reactions, and the message that it answers.
      const message = await findMessage(store, place);
      assertText(message);
      return message;
    });
    broadcast.publishToChat(chatId, { type: 'message_changed', message });
    return message;
  };
}
