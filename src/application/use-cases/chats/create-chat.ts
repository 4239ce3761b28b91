import { type Chat, chatName } from '../../../domain/chats/chat.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';
import { settleAccount } from '../identity/settle-account.ts';

/**
 * Creates a chat whose owner and only member is the actor.
 * @throws DomainError `invalid_chat_name`, `too_many_requests`, `unavailable`
 */
export type CreateChat = (actor: Actor, input: { readonly name: string }) => Promise<Chat>;

export function makeCreateChat(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
}): CreateChat {
  const { unitOfWork, broadcast, clock, rateLimits } = deps;

  return async (actor, input) => {
    const name = chatName(input.name);
    const now = clock.now();
    const limited = { limit: 'new_chats', key: `${actor.user.id}`, refusal: 'You have started many chats.' } as const;
    const chat = await withinLimit(rateLimits, limited, () =>
      unitOfWork.run(async (store) => {
        await settleAccount(store, actor.user);
        const chat = await store.chats.add({ name, createdAt: now });
        await store.members.add({ chatId: chat.id, userId: actor.user.id, role: 'owner', joinedAt: now });
        return chat;
      }),
    );
    broadcast.publishToUser(actor.user.id, { type: 'chat_joined', chatId: chat.id, userId: actor.user.id });
    return chat;
  };
}
