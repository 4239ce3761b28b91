import { assertAllowed, mayModerate } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { slowSeconds } from '../../../domain/moderation/slow-mode.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findChat } from '../chats/find-chat.ts';
import { recordAct } from './record-act.ts';

/**
 * From now on members post at most once in so many seconds; 0 ends that. It adds a notice. What is so already changes nothing.
 * @throws DomainError `invalid_slow_mode`; `forbidden`, also when there is no such chat; `direct_chat`; `unavailable`
 */
export type SetSlowMode = (actor: Actor, mode: { readonly chatId: ChatId; readonly seconds: number }) => Promise<void>;

export function makeSetSlowMode(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): SetSlowMode {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, seconds: asked }) => {
    const at = clock.now();
    const seconds = slowSeconds(asked);
    const message = await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayModerate);
      const { slowSeconds: before = 0 } = await findChat(store, chatId);
      if (before === seconds) return undefined;
      await store.chats.setSlowMode(chatId, seconds);
      const text = NOTICES.slowed(user.username, seconds);
      const notice = await addNotice(store, { chatId, author: user, text, sentAt: at });
      await recordAct(store, {
        ...{ chatId, kind: 'slow_mode_set', actorId: user.id, at, revision: notice.revision },
        changes: [{ aspect: 'slow_mode', before, after: seconds }],
      });
      return notice;
    });
    if (message) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}
