import { assertAllowed, maySetRetention } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { retentionDays } from '../../../domain/moderation/retention.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findChat } from '../chats/find-chat.ts';
import { beginRetention } from './begin-retention.ts';
import { recordAct } from './record-act.ts';

/**
 * From now on messages of the chat are erased after so many days; 0 keeps them. It adds a notice. The first ones are erased when this can no
 * longer be undone. What is so already changes nothing.
 * @throws DomainError `invalid_retention`; `forbidden`, also when there is no such chat; `direct_chat`; `archived`; `unavailable`
 */
export type SetRetention = (
  actor: Actor,
  retention: { readonly chatId: ChatId; readonly days: number },
) => Promise<void>;

export function makeSetRetention(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): SetRetention {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, days: asked }) => {
    const at = clock.now();
    const days = retentionDays(asked);
    const message = await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), maySetRetention);
      const { days: before = 0 } = (await findChat(store, chatId)).retention ?? {};
      if (before === days) return undefined;
      await beginRetention(store, chatId, days);
      const text = NOTICES.retained(user.username, days);
      const notice = await addNotice(store, { chatId, author: user, text, sentAt: at });
      await recordAct(store, {
        ...{ chatId, kind: 'retention_set', actorId: user.id, at, revision: notice.revision },
        changes: [{ aspect: 'retention', before, after: days }],
      });
      return notice;
    });
    if (message) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}
