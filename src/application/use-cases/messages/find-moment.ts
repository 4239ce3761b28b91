import { type Revision, revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';

export interface Moment {
  readonly chatId: ChatId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The first message that was sent at or after a moment, or the newest message when none was.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found` in a chat without messages
 */
export type FindMoment = (actor: Actor, moment: Moment) => Promise<Message>;

export function makeFindMoment({ view }: { readonly view: StoreView }): FindMoment {
  return async (actor, { chatId, at }) => {
    assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
    const chat = await findChat(view, chatId);
    const message =
      (await firstSince(view, { chatId, at, end: chat.revision })) ??
      (await view.messages.before(chatId, undefined, 1))[0];
    if (!message) throw new DomainError('not_found', 'There are no messages in this chat.');
    return message;
  };
}

/**
 * A binary search: messages are stored in the order in which they were sent, but for a clock that was set back. There is no index on
 * the time, which every post would have to keep.
 */
async function firstSince(
  { messages }: StoreView,
  { chatId, at, end }: Moment & { readonly end: Revision },
): Promise<Message | undefined> {
  let found: Message | undefined;
  let [low, high] = [0, Number(end)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [message] = await messages.after(chatId, revision(middle), 1);
    if (message && message.sentAt < at) low = message.position;
    else {
      high = middle;
      found = message ?? found;
    }
  }
  return found;
}
