import { type Chat, chatName } from '../../../domain/chats/chat.ts';
import { assertMember, assertOwner } from '../../../domain/chats/membership.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from './add-notice.ts';

/**
 * Gives the chat another name, and says so in it; the name that it has already changes nothing, silently. Only the owner may.
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
      const membership = await store.members.find(chatId, user.id);
      assertMember(membership);
      assertOwner(membership);
      const name = chatName(input);
      const chat = await store.chats.find(chatId);
      if (!chat) throw new DomainError('forbidden', 'This chat is gone.');
      if (chat.name === name) return { name };
      await store.chats.rename(chatId, name);
      const text = NOTICES.renamed(user.username, name);
      return { name, message: await addNotice(store, { chatId, author: user, text, sentAt }) };
    });
    if (message) broadcast.publishToChat(chatId, { type: 'message_posted', message });
    return { id: chatId, name };
  };
}
