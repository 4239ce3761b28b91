import { assertAllowed, mayModerate } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Change } from '../../../domain/moderation/changes.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findChat } from '../chats/find-chat.ts';
import { findBareMessage } from '../messages/find-message.ts';
import { recordAct } from './record-act.ts';

/**
 * Dismisses the reports of a message that wait: it may stay.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`; `not_found` where no report waits; `unavailable`
 */
export type DismissReports = (actor: Actor, place: MessagePlace) => Promise<void>;

export function makeDismissReports({
  unitOfWork,
  broadcast,
  clock,
}: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): DismissReports {
  return async ({ user }, { chatId, position }) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayModerate);
      const place = { chatId, position };
      const message = await findBareMessage(store, place);
      const waiting = (await store.reports.ofMessage(place)).filter(({ dismissedAt }) => dismissedAt === null);
      if (waiting.length === 0) throw new DomainError('not_found', 'No report of this message waits.');
      for (const { userId } of waiting) await store.reports.setDismissed(place, userId, at);
      await recordAct(store, {
        ...{ chatId, kind: 'report_dismissed', actorId: user.id, targetId: message.author.id, at },
        revision: (await findChat(store, chatId)).revision,
        changes: waiting.map(({ userId }): Change => {
          return { aspect: 'report', position, userId, before: null, after: at };
        }),
      });
    });
    broadcast.publishToChat(chatId, { type: 'oversight_changed', chatId });
  };
}
