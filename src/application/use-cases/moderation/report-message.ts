import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { assertText } from '../../../domain/messages/changes.ts';
import { assertMayReport } from '../../../domain/messages/permissions.ts';
import { reason } from '../../../domain/moderation/reason.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findBareMessage } from '../messages/find-message.ts';

/**
 * Tells the owner and the moderators of a message. False when the actor has reported it before: nothing changes then.
 * @throws DomainError `invalid_reason`; `forbidden`, also when there is no such chat, and for one's own message; `direct_chat`;
 * `not_found`; `deleted`; `unavailable`
 */
export type ReportMessage = (actor: Actor, report: MessagePlace & { readonly reason: string }) => Promise<boolean>;

export function makeReportMessage({
  unitOfWork,
  broadcast,
  clock,
}: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): ReportMessage {
  return async ({ user }, { chatId, position, reason: asked }) => {
    const at = clock.now();
    const why = reason(asked);
    const isNew = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayRead);
      const message = await findBareMessage(store, { chatId, position });
      assertText(message, 'Notices cannot be reported.');
      assertMayReport(membership, message);
      return store.reports.add({ chatId, position, userId: user.id, reason: why, at, dismissedAt: null });
    });
    if (isNew) broadcast.publishToChat(chatId, { type: 'oversight_changed', chatId });
    return isNew;
  };
}
