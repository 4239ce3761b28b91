import { type Chat, chatName } from '../../../domain/chats/chat.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * A new chat whose owner and only member is the actor.
 * @throws DomainError `invalid_chat_name`, `unavailable`
 */
export type CreateChat = (actor: Actor, input: { readonly name: string }) => Promise<Chat>;

export function makeCreateChat(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): CreateChat {
  const { unitOfWork, clock } = deps;

  return async (actor, input) => {
    const name = chatName(input.name);
    const now = clock.now();
    return unitOfWork.run(async (store) => {
      const chat = await store.chats.add({ name, createdAt: now });
      await store.members.add({ chatId: chat.id, userId: actor.user.id, role: 'owner', joinedAt: now });
      return chat;
    });
  };
}
