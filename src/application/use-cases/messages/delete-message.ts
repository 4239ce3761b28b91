import { assertAllowed, mayWithdraw } from '../../../domain/chats/permissions.ts';
import { assertText } from '../../../domain/messages/changes.ts';
import type { Tombstone } from '../../../domain/messages/message.ts';
import { assertMayDelete } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { recordAct } from '../moderation/record-act.ts';
import { buryMessages } from './bury-messages.ts';
import { findBareMessage } from './find-message.ts';

/**
 * The tombstone, once it is durable. The text is kept as a version until the deletion can no longer be undone. Deleting a deleted
 * message changes nothing. Devices on which the message was announced are told.
 * @throws DomainError `forbidden` for anyone but the author and the owner of the chat, `not_found`, `archived`, `unavailable`
 */
export type DeleteMessage = (actor: Actor, place: MessagePlace) => Promise<Tombstone>;

export function makeDeleteMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): DeleteMessage {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, place) => {
    const { chatId } = place;
    const at = clock.now();
    const message = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayWithdraw);
      const current = await findBareMessage(store, place);
      assertMayDelete(membership, current);
      if (current.kind === 'deleted') return current;
      assertText(current);
      const deletion = { by: user.id, at };
      const [deleted] = await buryMessages(store, [current], deletion);
      if (!deleted) throw new Error('A message was not deleted.');
      if (current.author.id !== user.id)
        await recordAct(store, {
          ...{ chatId, kind: 'message_deleted', actorId: user.id, targetId: current.author.id, at },
          revision: deleted.revision,
          changes: [{ aspect: 'message', position: deleted.position, before: null, after: deletion }],
        });
      return deleted;
    });
    broadcast.publishToChat(chatId, { type: 'message_changed', message });
    return message;
  };
}
