import { assertAllowed, mayArchive } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findChat } from '../chats/find-chat.ts';
import { recordAct } from './record-act.ts';

/**
 * Archives a chat, so that nothing in it changes and it is out of its members' lists, or brings it back. It adds a notice. What is so already
 * changes nothing.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`; `unavailable`
 */
export type SetArchived = (
  actor: Actor,
  archive: { readonly chatId: ChatId; readonly isArchived: boolean },
) => Promise<void>;

export function makeSetArchived(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): SetArchived {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, isArchived }) => {
    const at = clock.now();
    const message = await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayArchive);
      const { archivedAt: before = null } = await findChat(store, chatId);
      if ((before !== null) === isArchived) return undefined;
      const after = isArchived ? at : null;
      await store.chats.setArchived(chatId, after);
      const text = isArchived ? NOTICES.archived(user.username) : NOTICES.broughtBack(user.username);
      const notice = await addNotice(store, { chatId, author: user, text, sentAt: at }, 'even_archived');
      await recordAct(store, {
        ...{ chatId, kind: 'archive_set', actorId: user.id, at, revision: notice.revision },
        changes: [{ aspect: 'archive', before, after }],
      });
      return notice;
    });
    if (message) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}
