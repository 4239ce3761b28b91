import type { MessagePlace } from '../../application/ports/messages.ts';
import type { ReactionKey, Reactions } from '../../application/ports/reactions.ts';
import { isAsPosted, type Message, messageId } from '../../domain/messages/message.ts';
import type { StandingReaction } from '../../domain/past/as-it-stood.ts';
import { type Tally, talliesOf } from '../../domain/reactions/tally.ts';
import type { MemoryReaction } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryReactions(tables: Tables): Reactions {
  const { messages, users, reactions } = tables;
  const at = (place: MessagePlace) => reactions.current.get(messageId(place)) ?? [];

  return {
    has: async (key) => at(key).some((reaction) => isOf(key, reaction)),
    tallies: async (place) => talliesAt(tables, 'current', place),

    async add(key, revision) {
      messages.require(messageId(key));
      users.require(key.userId);
      const { emoji, userId } = key;
      if (at(key).some((reaction) => isOf(key, reaction))) throw new Error(`reactions: ${emoji} already exists`);
      reactions.put(messageId(key), [...at(key), { emoji, userId, revision }]);
    },

    async remove(key) {
      const removed = at(key).find((reaction) => isOf(key, reaction));
      if (removed)
        reactions.put(
          messageId(key),
          at(key).filter((reaction) => reaction !== removed),
        );
      return removed?.revision;
    },

    async removeAll(place) {
      reactions.remove(messageId(place));
    },
  };
}

const isOf = ({ emoji, userId }: ReactionKey, reaction: MemoryReaction): boolean =>
  reaction.emoji === emoji && reaction.userId === userId;

/** The message with its reactions, which are kept apart from it. */
export function withReactions(tables: Tables, moment: Moment, message: Message): Message {
  if (message.kind !== 'text' || isAsPosted(message)) return message;
  return { ...message, reactions: talliesAt(tables, moment, message) };
}

/** In the order in which they came. */
export function reactionsTo(tables: Tables, moment: Moment, place: MessagePlace): readonly StandingReaction[] {
  const found = tables.reactions[moment].get(messageId(place)) ?? [];
  return found
    .toSorted((one, other) => one.revision - other.revision)
    .flatMap(({ emoji, userId, revision }) => {
      const user = tables.users[moment].get(userId)?.user;
      return user ? [{ emoji, user, revision }] : [];
    });
}

const talliesAt = (tables: Tables, moment: Moment, place: MessagePlace): readonly Tally[] =>
  talliesOf(reactionsTo(tables, moment, place));
