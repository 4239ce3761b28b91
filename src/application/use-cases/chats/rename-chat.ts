import { type Chat, chatName } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRename } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { recordAct } from '../moderation/record-act.ts';
import { addNotice } from './add-notice.ts';
import { findChat } from './find-chat.ts';

/**
 * Gives the chat another name and adds a notice of it. The name that the chat has already changes nothing and adds no notice.
 * @throws DomainError `invalid_chat_name`; `forbidden`, also when there is no such chat; `unavailable`
 */
export type RenameChat = (
  actor: Actor,
  naming: { readonly chatId: ChatId; readonly name: string },
) => Promise<Pick<Chat, 'id' | 'name'>>;

export function makeRenameChat(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): RenameChat {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, name: input }) => {
    const sentAt = clock.now();
    const { name, message } = await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRename);
      const name = chatName(input);
      const chat = await findChat(store, chatId);
      if (chat.name === name) return { name };
      await store.chats.rename(chatId, name);
      const text = NOTICES.renamed(user.username, name);
      const message = await addNotice(store, { chatId, author: user, text, sentAt });
      const changes = [{ aspect: 'name', before: chat.name, after: name }] as const;
      await recordAct(store, {
        ...{ chatId, kind: 'renamed', actorId: user.id, at: sentAt },
        ...{ revision: message.revision, changes },
      });
      return { name, message };
    });
    if (message) broadcast.publishToChat(chatId, { type: 'message_posted', message });
    return { id: chatId, name };
  };
}
