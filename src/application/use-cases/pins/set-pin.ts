import { assertAllowed, mayPin } from '../../../domain/chats/permissions.ts';
import type { Message, TextMessage } from '../../../domain/messages/message.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { assertPinnable, assertRoomForPin, pinned, unpinned } from '../../../domain/pins/pinning.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findMessage } from '../messages/find-message.ts';

export interface Pinning extends MessagePlace {
  /** Whether the message is to be pinned afterwards. */
  readonly on: boolean;
}

/**
 * The message, once it is pinned or no longer pinned. Pinning adds a notice of who did it. Asking for what is so already changes
 * nothing.
 * @throws DomainError `forbidden`, also when there is no such chat, and for notices; `not_found`; `deleted`; `too_many_pins`;
 * `unavailable`
 */
export type SetPin = (actor: Actor, pinning: Pinning) => Promise<TextMessage>;

export function makeSetPin(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): SetPin {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, position, on }) => {
    const at = clock.now();
    const { message, notice } = await unitOfWork.run<Pinned>(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayPin);
      const current = await findMessage(store, { chatId, position });
      assertPinnable(current);
      if ((current.pin !== null) === on) return { message: current };
      // Before the pins are counted: the chat is locked then, for other instances too.
      const revision = await store.chats.nextRevision(chatId);
      if (!on) {
        const message = unpinned(current, revision);
        await store.messages.change(message);
        await store.past.endPin(message, revision);
        return { message };
      }
      assertRoomForPin((await store.messages.pinned(chatId)).length);
      const pin = { by: user.id, at };
      const message = pinned(current, pin, revision);
      await store.messages.change(message);
      await store.past.add(message, { kind: 'pin', from: revision, until: null, ...pin });
      const text = NOTICES.pinned(user.username);
      return { message, notice: await addNotice(store, { chatId, author: user, text, sentAt: at }) };
    });
    broadcast.publishToChat(chatId, { type: 'message_changed', message });
    if (notice) broadcast.publishToChat(chatId, { type: 'message_posted', message: notice });
    return message;
  };
}

interface Pinned {
  readonly message: TextMessage;
  readonly notice?: Message;
}
