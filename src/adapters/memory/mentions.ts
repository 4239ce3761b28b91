import type { Messages } from '../../application/ports/messages.ts';
import { AS_POSTED, type Message, messageId } from '../../domain/messages/message.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeSetMentions({ messages, users, mentions }: Tables): Messages['setMentions'] {
  return async (place, mentioned) => {
    const id = messageId(place);
    messages.require(id);
    for (const { userId } of mentioned) users.require(userId);
    mentions.put(id, mentioned);
  };
}

/** The message with its mentions, which are kept apart from it. */
export function withMentions(tables: Tables, moment: Moment, message: Message): Message {
  if (message.kind !== 'text') return message;
  const mentions = tables.mentions[moment].get(messageId(message)) ?? AS_POSTED.mentions;
  return mentions === message.mentions ? message : { ...message, mentions };
}
