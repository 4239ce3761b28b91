import type { MessagesView } from '../../application/ports/messages.ts';
import { type Message, type MessageId, messageId } from '../../domain/messages/message.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

/** Looks at all messages, since the maps are in no order of places. */
export function makePersonal(
  tables: Tables,
  moment: Moment,
  at: (id: MessageId) => Message | undefined,
): MessagesView['personal'] {
  return async ({ userId, after, window }) => {
    const last = after === undefined ? 0 : messageId(after);
    const ids = [...tables.messages[moment].values()].map(messageId).filter((id) => id > last);
    const part = ids.toSorted((one, other) => one - other).slice(0, window);
    const messages = part.flatMap((id) => at(id) ?? []);
    const isAbout = (message: Message) =>
      message.kind === 'notice' ||
      (tables.mentions[moment].get(messageId(message)) ?? []).some((mention) => mention.userId === userId);
    const end = messages.at(-1);
    return {
      written: messages.filter(({ author }) => author.id === userId),
      about: messages.filter((message) => message.author.id !== userId && isAbout(message)),
      reactions: messages.flatMap((message) => {
        const { chatId, position } = message;
        const own = (tables.reactions[moment].get(messageId(message)) ?? []).filter((one) => one.userId === userId);
        return own.map(({ emoji }) => ({ chatId, position, emoji }));
      }),
      next: end && part.length === window ? { chatId: end.chatId, position: end.position } : undefined,
    };
  };
}
